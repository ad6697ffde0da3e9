"""Postings as the search engine holds them, and the search of /jobs/ as a question to it."""

from collections import defaultdict
from datetime import timedelta

from careers.core.places import country_name, subdivision_name
from careers.roles.models import AlternateTitle
from careers.search.documents import NEVER, Document, Kind, register, without_addresses
from careers.search.searching import NEWEST, RELEVANCE, WORDS, AnyOf, Between, Question, microseconds

from . import near, pay_bands
from .models import Employer, Posting

KIND, EMPLOYER = "postings.posting", "postings.employer"
FILTERS = ("role", "employer", "country", "workplace", "type", "level", "skill")
LARGEST_ORDERED = 2**31 - 1
SECONDS_2000 = 946_684_800


def pks():
    """When each opens and closes is asked with the search."""
    return Posting.objects.standing().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)


def documents(pks):
    """Six queries for any number of rows."""
    rows = Posting.objects.standing().filter(pk__in=pks).select_related("employer", "role").order_by("pk")
    rows = list(rows.defer("employer__about", "role__summary").prefetch_related("places", "remote_countries", "skills"))
    other_titles = _other_titles({row.role_id for row in rows})
    return [document(row, other_titles[row.role_id]) for row in rows]


def _other_titles(role_ids):
    titles = defaultdict(list)
    for role_id, title in AlternateTitle.objects.filter(role__in=role_ids - {None}).values_list("role_id", "title"):
        titles[role_id].append(title)
    return titles


def document(posting, other_titles=()):
    guide = posting.role if posting.role and posting.role.is_published else None
    places, skills = posting.places.all(), posting.skills.all()
    pay = (posting.pay_min, posting.pay_max, posting.pay_currency, posting.pay_period)
    where = [
        part for place in places for part in (place.city, place.subdivision and subdivision_name(place.subdivision))
    ]
    return Document(
        pk=posting.pk,
        title=posting.title,
        names=tuple(
            filter(
                None,
                [
                    posting.employer.name,
                    *([guide.title, *other_titles] if guide else ()),
                    *(skill.name for skill in skills),
                    *where,
                    *(country_name(place.country) for place in places),
                ],
            )
        ),
        text="\n".join(without_addresses(getattr(posting, field)) for field in posting.TEXT_FIELDS),
        facets={
            "role": [guide.slug] if guide else [],
            "employer": [posting.employer.slug],
            "country": [row.country for row in (*places, *posting.remote_countries.all())],
            "workplace": filter(None, [posting.workplace]),
            "type": filter(None, [posting.employment_type]),
            "level": filter(None, [posting.level]),
            "skill": [skill.slug for skill in skills],
            **near.facets_of(posting),
            "currency": [posting.pay_currency] if posting.pay else [],
            "band": [pay_bands.band(*pay)],
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
    amount = int(pay_bands.reached(posting.pay_min, posting.pay_max, posting.pay_period))
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
    chosen = {name: AnyOf(name, tuple(form.spoken(name))) for name in FILTERS if criteria[name]}
    if form.where:
        chosen["near"] = near.condition(form.where)
    if criteria["pay"]:
        chosen["band"] = pay_bands.condition(criteria["pay"], form.pay_currency)
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


def by_filter(counts):
    """What was counted, under the names of the form."""
    names = {field: name for name, field in COUNTED.items()} | {WORDS: "q"}
    return {names.get(name, name): values for name, values in counts.items()}
