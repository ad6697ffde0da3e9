"""Postings and employers as documents of the search index. The search of /jobs/ is in job_list/index_query.py."""

from careers.geo.countries import country_name, subdivision_name
from careers.roles.models import AlternateTitle
from careers.search.conditions import to_microseconds
from careers.search.documents import NEVER, Document, DocumentKind, register, strip_link_targets

from .job_list import location_filter, pay_filter
from .models import Employer, Posting, PostingPlace, RemoteCountry
from .models.cards import group_by_key
from .text.render import Place

KIND, EMPLOYER = "postings.posting", "postings.employer"
# Fields of the index.
FACETS = (
    "role", "country", "region", "place", "workplace", "type", "level", "skill", "currency", "band",
)  # fmt: skip
KEY_FACETS = ("employer",)
NUMBERS = ("newest", "posted", "pay_high", "pay_order")
COLUMNS = (
    *Posting.TEXT_FIELDS, "title", "workplace", "employment_type", "level", "pay_min", "pay_max", "pay_currency", "pay_period",
    "publish_at", "closes_at", "employer__name", "role__title", "role__slug", "role__status",
)  # fmt: skip
# What people call a workplace and a type of employment, besides the label of the type.
WORKPLACE_NAMES = {
    Posting.Workplace.REMOTE.value: "remote work from home, home office, homeoffice, WFH, telework, télétravail, teletrabajo",
    Posting.Workplace.HYBRID.value: "hybrid",
    Posting.Workplace.ONSITE.value: "on-site",
}
TYPE_NAMES = {
    Posting.EmploymentType.CONTRACTOR.value: "contract, freelance",
    Posting.EmploymentType.INTERN.value: "intern, trainee",
}
MAX_SORT_NUMBER = 2**31 - 1
SECONDS_UNTIL_2000 = 946_684_800  # since 1970


def pks():
    """Scheduled and closed postings are included: each search compares their opening and closing moment with its own."""
    return Posting.objects.not_ended().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)


def documents(pks):
    """Six queries for any number of rows."""
    rows = Posting.objects.not_ended().filter(pk__in=pks).select_related("employer", "role").order_by("pk")
    rows = list(rows.only(*COLUMNS))
    of_posting = {"posting__in": [row.pk for row in rows]}
    places = group_by_key(PostingPlace.objects.filter(**of_posting), "posting", "country", "subdivision", "city")
    countries = group_by_key(RemoteCountry.objects.filter(**of_posting), "posting", "country")
    skills = group_by_key(Posting.skills.through.objects.filter(**of_posting), "posting", "skill__slug", "skill__name")
    titles = group_by_key(
        AlternateTitle.objects.filter(role__in={row.role_id for row in rows} - {None}), "role", "title"
    )
    return [
        document(
            row,
            [Place(*place) for place in places[row.pk]],
            [country for [country] in countries[row.pk]],
            skills[row.pk],
            [title for [title] in titles[row.role_id]],
        )
        for row in rows
    ]


def document(posting, places, countries, skills, other_titles):
    """`countries` are those remote workers may apply from, `skills` are (slug, name)."""
    guide = posting.role if posting.role and posting.role.is_published else None
    pay = (posting.pay_min, posting.pay_max, posting.pay_currency, posting.pay_period)
    names = [posting.employer.name, *([guide.title, *other_titles] if guide else ()), *(name for _, name in skills)]
    for place in places:
        names += [place.city, subdivision_name(place.subdivision) if place.subdivision else ""]
    names += [country_name(country) for country in (*(place.country for place in places), *countries)]
    names += [WORKPLACE_NAMES.get(posting.workplace, ""), TYPE_NAMES.get(posting.employment_type, "")]
    names += [posting.get_employment_type_display(), posting.get_level_display()]
    return Document(
        pk=posting.pk,
        title=posting.title,
        names=tuple(filter(None, names)),
        text="\n".join(strip_link_targets(getattr(posting, field)) for field in posting.TEXT_FIELDS),
        facets={
            "role": [guide.slug] if guide else [],
            "employer": [posting.employer_id],
            "workplace": filter(None, [posting.workplace]),
            "type": filter(None, [posting.employment_type]),
            "level": filter(None, [posting.level]),
            "skill": [slug for slug, _ in skills],
            **location_filter.location_facets(posting.workplace, places, countries),
            "currency": [posting.pay_currency] if posting.pay else [],
            "band": [pay_filter.pay_band(*pay)],
        },
        numbers={
            "newest": sort_number(posting.publish_at.timestamp() - SECONDS_UNTIL_2000, posting.pk),
            "posted": to_microseconds(posting.publish_at),
            **pay_numbers(posting),
        },
        opens=to_microseconds(posting.publish_at),
        closes=to_microseconds(posting.closes_at) if posting.closes_at else NEVER,
    )


def pay_numbers(posting):
    """Yearly pay in whole units; empty where it is not stated."""
    if not posting.pay:
        return {}
    amount = int(pay_filter.yearly_top(posting.pay_min, posting.pay_max, posting.pay_period))
    return {"pay_high": amount, "pay_order": sort_number(amount, posting.pk)}


def sort_number(number, pk):
    """A whole number that sorts by `number`, then by primary key, so that no two rows have the same."""
    return min(max(int(number), 0), MAX_SORT_NUMBER) << 32 | pk & 0xFFFFFFFF


# {other model whose rows are part of a posting's document: the lookup from a posting to those rows}
RELATED_LOOKUPS = {"postings.employer": "employer__in", "roles.role": "role__in", "roles.skill": "skills__in"}


def touched(model, keys):
    """Primary keys of the postings whose documents contain these rows of another model; None means all its rows."""
    if model not in RELATED_LOOKUPS:
        return ()
    rows = Posting.objects.not_ended().order_by("pk")
    if keys is not None:
        rows = rows.filter(**{RELATED_LOOKUPS[model]: keys}).distinct()
    return rows.values_list("pk", flat=True).iterator(chunk_size=5000)


# -- Employers, for autocomplete


def employer_pks():
    return Employer.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)


def employer_documents(pks):
    names = Employer.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "name")
    return [Document(pk=pk, title=name, titles=(name,)) for pk, name in names]


def register_kind():
    register(DocumentKind(KIND, documents, pks, touched, FACETS, KEY_FACETS, NUMBERS))
    register(DocumentKind(EMPLOYER, employer_documents, employer_pks))
