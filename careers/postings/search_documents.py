"""Postings as the search engine holds them, and the search of /jobs/ as a question to it."""

from datetime import timedelta

from careers.geo.countries import country_name, subdivision_name
from careers.roles.models import AlternateTitle
from careers.search.documents import NEVER, Document, Kind, register, without_addresses
from careers.search.query import NEWEST, RELEVANCE, WORDS, AnyOf, Between, Question, microseconds
from careers.search.schema import KEYS

from .job_list import location_filter, pay_filter
from .models import Employer, Posting, PostingPlace, RemoteCountry
from .models.cards import listed
from .text.render import Place

KIND, EMPLOYER = "postings.posting", "postings.employer"
FILTERS = ("role", "employer", "country", "workplace", "type", "level", "skill")
READ = (
    *Posting.TEXT_FIELDS, "title", "workplace", "employment_type", "level", "pay_min", "pay_max", "pay_currency", "pay_period",
    "publish_at", "closes_at", "employer__name", "role__title", "role__slug", "role__status",
)  # fmt: skip
LARGEST_ORDERED = 2**31 - 1
SECONDS_2000 = 946_684_800


def pks():
    """When each opens and closes is asked with the search."""
    return Posting.objects.standing().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)


def documents(pks):
    """Six queries for any number of rows."""
    rows = Posting.objects.standing().filter(pk__in=pks).select_related("employer", "role").order_by("pk")
    rows = list(rows.only(*READ))
    of_posting = {"posting__in": [row.pk for row in rows]}
    places = listed(PostingPlace.objects.filter(**of_posting), "posting", "country", "subdivision", "city")
    countries = listed(RemoteCountry.objects.filter(**of_posting), "posting", "country")
    skills = listed(Posting.skills.through.objects.filter(**of_posting), "posting", "skill__slug", "skill__name")
    titles = listed(AlternateTitle.objects.filter(role__in={row.role_id for row in rows} - {None}), "role", "title")
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
    """`countries` are those from which a remote worker may apply, `skills` are (slug, name)."""
    guide = posting.role if posting.role and posting.role.is_published else None
    pay = (posting.pay_min, posting.pay_max, posting.pay_currency, posting.pay_period)
    names = [posting.employer.name, *([guide.title, *other_titles] if guide else ()), *(name for _, name in skills)]
    for place in places:
        names += [place.city, subdivision_name(place.subdivision) if place.subdivision else ""]
    names += [country_name(place.country) for place in places]
    return Document(
        pk=posting.pk,
        title=posting.title,
        names=tuple(filter(None, names)),
        text="\n".join(without_addresses(getattr(posting, field)) for field in posting.TEXT_FIELDS),
        facets={
            "role": [guide.slug] if guide else [],
            "employer": [posting.employer_id],
            "country": [*(place.country for place in places), *countries],
            "workplace": filter(None, [posting.workplace]),
            "type": filter(None, [posting.employment_type]),
            "level": filter(None, [posting.level]),
            "skill": [slug for slug, _ in skills],
            **location_filter.facets_of(posting.workplace, places, countries),
            "currency": [posting.pay_currency] if posting.pay else [],
            "band": [pay_filter.band(*pay)],
        },
        numbers={
            "newest": ordered(posting.publish_at.timestamp() - SECONDS_2000, posting.pk),
            "posted": microseconds(posting.publish_at),
            **paid(posting),
        },
        opens=microseconds(posting.publish_at),
        closes=microseconds(posting.closes_at) if posting.closes_at else NEVER,
    )


def paid(posting):
    """Pay a year in whole units; nothing where it is not stated."""
    if not posting.pay:
        return {}
    amount = int(pay_filter.reached(posting.pay_min, posting.pay_max, posting.pay_period))
    return {"pay_high": amount, "pay_order": ordered(amount, posting.pk)}


def ordered(number, pk):
    """A whole number that sorts by `number`, and by the row where numbers are equal: no two rows share one."""
    return min(max(int(number), 0), LARGEST_ORDERED) << 32 | pk & 0xFFFFFFFF


# Rows of other models that a document speaks of.
SPOKEN_OF = {"postings.employer": "employer__in", "roles.role": "role__in", "roles.skill": "skills__in"}


def touched(model, keys):
    """Postings whose documents speak of these rows; None for the keys stands for every row."""
    if model not in SPOKEN_OF:
        return ()
    rows = Posting.objects.standing().order_by("pk")
    if keys is not None:
        rows = rows.filter(**{SPOKEN_OF[model]: keys}).distinct()
    return rows.values_list("pk", flat=True).iterator(chunk_size=5000)


# -- Employers: to be suggested


def employer_pks():
    return Employer.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)


def employer_documents(pks):
    names = Employer.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "name")
    return [Document(pk=pk, title=name, titles=(name,)) for pk, name in names]


def register_kind():
    register(Kind(KIND, documents, pks, touched))
    register(Kind(EMPLOYER, employer_documents, employer_pks))


SORTS = {"relevance": RELEVANCE, "newest": NEWEST, "pay": "pay_order"}
FEW = 3  # with fewer hits the page offers other words
COUNTED = {"pay": "band"}  # facets that are counted in a field of another name


def question(form, *, at, offset, limit):
    """The search of a query string."""
    criteria = form.criteria
    chosen = {name: AnyOf(name, _values(form, name)) for name in FILTERS if criteria[name]}
    if form.where:
        chosen["near"] = location_filter.condition(form.where)
    if criteria["pay"]:
        chosen["band"] = pay_filter.condition(criteria["pay"], form.pay_currency)
    if criteria["posted"]:
        days = int(criteria["posted"][0])
        chosen["posted"] = Between("posted", microseconds(at - timedelta(days=days)))
    return Question(
        KIND,
        criteria["q"],
        chosen,
        tuple(COUNTED.get(name, name) for name in form.facets),
        SORTS[form.order],
        offset,
        limit,
        form.options_offered,
        at,
        ties="posted",
        leads=AnyOf("currency", (form.pay_currency,)) if form.order == "pay" else None,
        whole=("band",),
        help_below=FEW,
    )


def _values(form, name):
    return tuple(row.pk for row in form.criteria[name]) if name in KEYS else tuple(form.spoken(name))


def by_filter(counts):
    """What was counted, under the names of the form."""
    names = {field: name for name, field in COUNTED.items()} | {WORDS: "q"}
    return {names.get(name, name): values for name, values in counts.items()}
