"""The facets of /jobs/: how their options are counted in the database, and the pay facet."""

from collections import defaultdict

from django.db.models import CharField, Count, Exists, F, OuterRef, Value

from careers.core.facets import FacetCounts, count_by_value
from careers.postings.models import PostingPlace, RemoteCountry
from careers.roles.models import Role

from . import pay_filter
from .location_filter import ANYWHERE, open_anywhere


class PostingFacets(FacetCounts):
    def querysets(self, name, rows):
        match name:
            case "role":
                return [count_by_value(rows.filter(role__status=Role.Status.PUBLISHED), "role__slug", "role__title")]
            case "employer":
                return [count_by_value(rows, "employer__slug", "employer__name")]
            case "skill":
                return [count_by_value(rows, "skills__slug", "skills__name")]
            case "country":
                return count_countries(rows)
            case "pay":
                return []  # see extra_counts
            case "type":
                return [count_by_value(rows, "employment_type")]
        return [count_by_value(rows, name)]

    def extra_counts(self, rows):
        form = self.form
        return {"pay": pay_filter.count_bands(form.filter(rows, skip="pay"), form.criteria["pay"], form.pay_currency)}

    def facet(self, name, counts, labels):
        form = self.form
        if name == "country":
            counts = with_anywhere(counts)
        if name != "pay":
            return super().facet(name, counts, labels)
        names_currency = pay_filter.has_amount(form.pairs()) or form.criteria["currency"] or form.order == "pay"
        currency = form.pay_currency if names_currency else None
        return pay_filter.pay_facet(form.fields["pay"].label, counts, form.criteria["pay"], currency)


def country_rows(postings):
    """The places and remote countries of these postings; a country that a posting names as both is only among its places."""
    same_country = PostingPlace.objects.filter(posting=OuterRef("posting"), country=OuterRef("country"))
    return [
        PostingPlace.objects.filter(posting__in=postings).order_by(),
        RemoteCountry.objects.filter(~Exists(same_country), posting__in=postings).order_by(),
    ]


def with_anywhere(counts):
    """Jobs that people in any country may take count in each country that other jobs name, or that is chosen."""
    anywhere = counts.get(ANYWHERE, 0)
    named = {code: number + anywhere for code, number in counts.items() if code != ANYWHERE}
    return defaultdict(lambda: anywhere, named)


def count_countries(postings):
    anywhere = postings.order_by().filter(open_anywhere())
    named = [
        rows.annotate(value=F("country"), label=Value("", output_field=CharField()))
        .values("value", "label")
        .annotate(number=Count("posting", distinct=True))
        for rows in country_rows(postings.order_by().values("pk"))
    ]
    constants = {"value": Value(ANYWHERE), "label": Value("", output_field=CharField())}
    return [*named, anywhere.annotate(**constants).values("value", "label").annotate(number=Count("pk", distinct=True))]
