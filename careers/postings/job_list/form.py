from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Value
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from careers.core.facets import KnownRows, counts_by, either
from careers.core.forms import KnownChoices, QueryField
from careers.geo.countries import country_choices, country_in_text
from careers.postings.models import Employer, Posting, PostingPlace, RemoteCountry
from careers.roles.models import AlternateTitle, Role, Skill

from . import pay_filter
from .criteria import PostingSearch, pairs_of
from .location_filter import NearForm, in_database

WORDS = 8  # words of a query that are looked for; more add nothing a reader would notice

SORT_CHOICES = [("relevance", "relevance"), ("newest", "newest"), ("pay", "pay")]
POSTED_CHOICES = [("1", "the last 24 hours"), ("7", "the last 7 days"), ("30", "the last 30 days")]


@dataclass(frozen=True)
class Span:
    words: str
    query: str
    is_chosen: bool


class PayField(forms.Field):
    """Least pay a year as a whole amount, and 'unstated' for jobs that do not state theirs."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        return pay_filter.amounts_of(list(dict.fromkeys(value or [])))


class PostingFilterForm(NearForm):
    """The query string of /jobs/ and of its feeds."""

    q = QueryField(label="Words")
    role = KnownRows(lambda: Role.objects.published().only("slug", "title"), words="title", label="Role")
    country = KnownChoices(choices=country_choices, label="Country")
    workplace = KnownChoices(choices=Posting.Workplace.choices, label="Workplace")
    type = KnownChoices(choices=Posting.EmploymentType.choices, label="Employment type")
    level = KnownChoices(choices=Posting.Level.choices, label="Level")
    employer = KnownRows(lambda: Employer.objects.only("slug", "name"), counted_by="pk", label="Employer")
    skill = KnownRows(lambda: Skill.objects.only("slug", "name"), label="Skill")
    pay = PayField(required=False, label="Pay a year")
    currency = KnownChoices(choices=pay_filter.currency_choices, label="Currency")
    posted = KnownChoices(choices=POSTED_CHOICES, label="Posted in")
    sort = KnownChoices(choices=SORT_CHOICES, label="Sort by")

    facets = ("role", "country", "workplace", "type", "level", "pay", "skill", "employer")
    ways = ("page", "currency", "sort")
    spoken_with = {"near": ("within", "remote"), "pay": ("currency",)}  # names that mean nothing without another

    def clean_posted(self):
        """Two spans mean the longer one."""
        return sorted(self.cleaned_data["posted"], key=int)[-1:]

    def clean_sort(self):
        return self.cleaned_data["sort"][:1]

    def clean_currency(self):
        """One at a time: amounts of two are not compared."""
        return self.cleaned_data["currency"][:1]

    @property
    def pay_currency(self):
        """In which amounts are meant."""
        return next(iter(self.criteria["currency"]), settings.PAY_CURRENCY)

    @property
    def order(self):
        """As chosen; else the best matches first where there are words, and the newest where there are none."""
        chosen = next(iter(self.criteria["sort"]), "relevance")
        return "newest" if chosen == "relevance" and not self.criteria["q"] else chosen

    def conditions(self):
        criteria = self.criteria
        conditions = {
            "role": Q(role__in=criteria["role"]),
            "country": _in_countries(criteria["country"]),
            "workplace": Q(workplace__in=criteria["workplace"]),
            "type": Q(employment_type__in=criteria["type"]),
            "level": Q(level__in=criteria["level"]),
            "employer": Q(employer__in=criteria["employer"]),
            "skill": Q(pk__in=Posting.skills.through.objects.filter(skill__in=criteria["skill"]).values("posting")),
            "pay": pay_filter.in_database(criteria["pay"], self.pay_currency),
            "posted": Q(publish_at__gte=timezone.now() - timedelta(days=int(next(iter(criteria["posted"]), 0)))),
            "q": _matching(criteria["q"]),
        }
        chosen = {name: condition for name, condition in conditions.items() if criteria[name]}
        return chosen | ({"near": in_database(self.where)} if self.where else {})

    def counted(self, name, rows):
        if name == "role":
            return [counts_by(rows.filter(role__status=Role.Status.PUBLISHED), "role__slug", "role__title")]
        if name == "pay":
            return []
        if name == "employer":
            return [counts_by(rows, "employer__slug", "employer__name")]
        if name == "skill":
            return [counts_by(rows, "skills__slug", "skills__name")]
        if name == "country":
            return _counted_countries(rows)
        return [counts_by(rows, "employment_type" if name == "type" else name)]

    def counted_apart(self, rows):
        return {"pay": pay_filter.counted_in(self.filter(rows, skip="pay"), self.criteria["pay"], self.pay_currency)}

    def facet(self, name, counts, words):
        if name != "pay":
            return super().facet(name, counts, words)
        amount = any(value != pay_filter.UNSTATED for value in self.criteria["pay"])
        named = self.pay_currency if amount or self.criteria["currency"] or self.order == "pay" else None
        return pay_filter.facet(self.fields[name].label, counts, self.criteria["pay"], named)

    def in_order(self, rows):
        """Of the database, which knows no relevance: the newest first instead."""
        return pay_filter.highest_first(rows, self.pay_currency) if self.order == "pay" else rows.newest_first()

    def spoken(self, name):
        if name == "pay":
            return {value: pay_filter.pay_words(value, self.pay_currency) for value in self.criteria["pay"]}
        return super().spoken(name)

    def pairs(self, without=None):
        """The currency is named where amounts are meant in it, the order where it is not the usual one."""
        pairs = [pair for pair in super().pairs(without) if pair[0] not in ("currency", "sort")]
        is_paid = self.order == "pay" or any(name == "pay" and value != pay_filter.UNSTATED for name, value in pairs)
        usual = "relevance" if any(name == "q" for name, _ in pairs) else "newest"
        named = {
            "currency": is_paid and self.pay_currency,
            "sort": self.order not in (usual, "relevance") and self.order,
        }
        return pairs + [pair for pair in named.items() if pair[1]]

    @property
    def kept(self):
        """The currency has a field of its own."""
        return [pair for pair in super().kept if pair[0] != "currency"]

    def sorts(self, currency):
        """A link for each order that makes sense; pay is ordered in this currency."""
        others = [pair for pair in self.pairs() if pair[0] != "sort"]
        offered = [("newest", "newest")]
        if self.criteria["q"]:
            offered.insert(0, ("relevance", "best match"))
        if currency:
            offered.append(("pay", f"pay in {currency}"))
        usual = offered[0][0]
        return [
            Span(words, urlencode(_ordered(others, value, usual, currency)), value == self.order)
            for value, words in offered
        ]

    @property
    def spans(self):
        """A link for each choice of `posted`, in place of the one in use."""
        others = [pair for pair in self.pairs() if pair[0] != "posted"]
        return [
            Span(words, urlencode([*others, ("posted", value)]), value in self.criteria["posted"])
            for value, words in POSTED_CHOICES
        ]

    @cached_property
    def search(self):
        return PostingSearch(tuple(self.pairs()), self.sentence, self.is_filtered)

    @classmethod
    def of(cls, kept):
        """The form of a search that was kept."""
        return cls(QueryDict(urlencode(pairs_of(kept))))

    @property
    def sentence(self):
        """The search in words: 'Data Engineer jobs in Germany or France, remote, posted in the last 7 days'."""
        said = {
            name: either(list(spoken.values()))
            for name in self.fields
            if name not in self.ways
            if (spoken := self.spoken(name))
        }
        patterns = {
            "role": "{} jobs",
            "q": " matching “{}”",
            "employer": " at {}",
            "country": " in {}",
            "near": " {}",
            "remote": ", remote jobs {}",
            "workplace": ", {}",
            "type": ", {}",
            "level": ", {}",
            "skill": ", asking for {}",
            "pay": ", pay {}",
            "posted": ", posted in {}",
        }
        if "country" in said:
            said["country"] = either([country_in_text(code) for code in self.spoken("country")])
        if "pay" in said:
            said["pay"] = either([_pay_said(words) for words in self.spoken("pay").values()])
        kept_case = {"role", "q", "employer", "country", "near", "skill", "pay"}
        words = [
            pattern.format(said[name] if name in kept_case else said[name].lower())
            for name, pattern in patterns.items()
            if name in said
        ]
        return "".join(words if "role" in said else ["Jobs", *words])


def _pay_said(words):
    return words.lower() if words == "Not stated" else f"of {words} a year"


def _ordered(pairs, sort, usual, currency):
    """The query of another order: the usual one goes unsaid, that by pay names its currency."""
    if sort == "pay":
        return [*(pair for pair in pairs if pair[0] != "currency"), ("currency", currency), ("sort", sort)]
    if not any(name == "pay" and value != pay_filter.UNSTATED for name, value in pairs):
        pairs = [pair for pair in pairs if pair[0] != "currency"]
    return pairs if sort == usual else [*pairs, ("sort", sort)]


def _in_countries(codes):
    """Work at a place there, or for remote workers who live there."""
    places = PostingPlace.objects.filter(country__in=codes).values("posting")
    remote = RemoteCountry.objects.filter(country__in=codes).values("posting")
    return Q(pk__in=places) | Q(pk__in=remote)


def _matching(text):
    """Each word occurs somewhere: in the title, the texts, the employer's name, the guide's titles or a city."""
    matching = Q()
    for word in list(dict.fromkeys(text.split()))[:WORDS]:
        guides = Role.objects.published().filter(
            Q(title__icontains=word) | Q(pk__in=AlternateTitle.objects.filter(title__icontains=word).values("role"))
        )
        somewhere = (
            Q(title__icontains=word)
            | Q(employer__name__icontains=word)
            | Q(role__in=guides)
            | Q(pk__in=PostingPlace.objects.filter(city__icontains=word).values("posting"))
        )
        for field in Posting.TEXT_FIELDS:
            somewhere |= Q(**{f"{field}__icontains": word})
        matching &= somewhere
    return matching


def _counted_countries(rows):
    """A posting counts once for a country, also when it names it as a place and as a country to apply from."""
    postings = rows.order_by().values("pk")
    places = PostingPlace.objects.filter(posting__in=postings)
    same = PostingPlace.objects.filter(posting=OuterRef("posting"), country=OuterRef("country"))
    remote = RemoteCountry.objects.filter(~Exists(same), posting__in=postings)
    return [
        named.order_by()
        .annotate(value=F("country"), words=Value("", output_field=CharField()))
        .values("value", "words")
        .annotate(many=Count("posting", distinct=True))
        for named in (places, remote)
    ]
