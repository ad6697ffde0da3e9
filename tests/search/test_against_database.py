"""Held to the truth: what the index answers about random postings, worked out again in plain Python from their rows."""

import unicodedata
from collections import Counter
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from careers.changes.log import transaction_log
from careers.postings.job_list.form import PostingFilterForm
from careers.postings.job_list.index_query import index_question
from careers.postings.models import Employer, Posting, PostingPlace, RemoteCountry
from careers.search.query import run_search
from tests.factories import EmployerFactory, RoleFactory, SkillFactory

pytestmark = pytest.mark.postgres

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
TICK, DAY = timedelta(microseconds=1), timedelta(days=1)
MOMENTS = [NOW + days * DAY + ticks * TICK for days in (-7, -1, 0) for ticks in (-1, 0, 1)]

# None is the beginning of another, and only the last stands with an ending in what is asked for.
WORDS = ["weld", "turn", "bake", "café", "braid"]
ASKED = {**{word: word for word in WORDS}, "CAFE": "café", "braids": "braid", "glaze": "glaze"}


@st.composite
def rows(draw):
    publish_at = draw(st.sampled_from(MOMENTS))
    closes_at = draw(st.sampled_from([None, *(moment for moment in (*MOMENTS, NOW + DAY) if moment > publish_at)]))
    return {
        "title": " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))),
        "description": " ".join(draw(st.lists(st.sampled_from(WORDS), max_size=3))),
        "benefits": " ".join(draw(st.lists(st.sampled_from(WORDS), max_size=2))),
        "status": draw(st.sampled_from(["published", "published", "published", "draft"])),
        "publish_at": publish_at,
        "closes_at": closes_at,
        "closes_on": closes_at and closes_at.date(),
        "filled_at": draw(st.sampled_from([None, None, None, NOW - DAY])),
        "workplace": draw(st.sampled_from(["", "onsite", "remote"])),
        "level": draw(st.sampled_from(["", "junior", "senior"])),
        "employment_type": draw(st.sampled_from(["", "intern"])),
        "numbers": draw(st.tuples(*[st.integers(0, 3)] * 3)),
        "places": draw(st.lists(st.sampled_from([("DE", "weld"), ("DE", "Ulm"), ("FR", "Lyon")]), max_size=3, unique=True)),
        "countries": draw(st.lists(st.sampled_from(["DE", "NG"]), max_size=2, unique=True)),
    }  # fmt: skip


CLAUSES = st.one_of(
    st.sampled_from(list(ASKED)),
    st.builds("-{}".format, st.sampled_from(WORDS)),
    st.builds('"{} {}"'.format, st.sampled_from(WORDS), st.sampled_from(WORDS)),
    st.builds("{}*".format, st.sampled_from(["we", "bra", "zz"])),
)
FILTERS = {
    "country": ["DE", "FR", "NG"], "workplace": ["onsite", "remote"], "level": ["junior", "senior"], "type": ["intern"],
    "role": ["smith", "draft-guide"], "employer": ["house", "mill"], "skill": ["forging", "planing"], "posted": ["1", "7"],
}  # fmt: skip
PAIRS = [(name, value) for name, values in FILTERS.items() for value in values]
CRITERIA = st.tuples(st.lists(CLAUSES, max_size=3), st.lists(st.sampled_from(PAIRS), max_size=3, unique=True))


@pytest.fixture
def known(db):
    """What postings may name: four of each, some of them nothing."""
    roles = [RoleFactory(title="Smith"), RoleFactory(title="Draft guide", draft=True), None, None]
    employers = [EmployerFactory(name=name) for name in ("House", "Mill", "Works", "Yard")]
    skills = [SkillFactory(name=name) for name in ("Forging", "Planing", "Turn")]
    return roles, employers, skills


def write(drawn, known):
    roles, employers, skills = known
    own = {"numbers", "places", "countries"}
    postings = Posting.objects.bulk_create(
        Posting(
            **{name: value for name, value in row.items() if name not in own},
            role=roles[row["numbers"][0]],
            employer=employers[row["numbers"][1]],
        )
        for row in drawn
    )
    for posting, row in zip(postings, drawn, strict=True):
        places = [PostingPlace(posting=posting, country=country, city=city) for country, city in row["places"]]
        PostingPlace.objects.bulk_create(places)
        RemoteCountry.objects.bulk_create(RemoteCountry(posting=posting, country=code) for code in row["countries"])
        posting.skills.set(skills[: row["numbers"][2]])


# -- The truth


def folded(text):
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).replace(",", " ").split()


def guide_of(posting):
    return posting.role if posting.role and posting.role.status == "published" else None


def parts_of(posting):
    """The texts in which words are looked for; a phrase stands within one of them."""
    parts = [posting.title, posting.employer.name, *(skill.name for skill in posting.skills.all())]
    for place in posting.places.all():
        parts += [place.city, {"DE": "Germany", "FR": "France"}[place.country]]
    if guide := guide_of(posting):
        parts.append(guide.title)
    texts = (posting.description, posting.responsibilities, posting.requirements, posting.preferred, posting.benefits)
    return [folded(part) for part in [*parts, " ".join(texts)]]


def holds(posting, clause):
    if clause.startswith("-"):
        return not holds(posting, clause[1:])
    parts = parts_of(posting)
    if clause.endswith("*"):
        return any(word.startswith(clause[:-1]) for part in parts for word in part)
    words = folded(" ".join(ASKED[word] for word in clause.strip('"').split()))
    return any(part[at : at + len(words)] == words for part in parts for at in range(len(part)))


VALUES = {
    "country": lambda posting: {row.country for row in (*posting.places.all(), *posting.remote_countries.all())},
    "workplace": lambda posting: {posting.workplace},
    "level": lambda posting: {posting.level},
    "type": lambda posting: {posting.employment_type},
    "role": lambda posting: {guide_of(posting).slug} if guide_of(posting) else set(),
    "employer": lambda posting: {posting.employer.slug},
    "skill": lambda posting: {skill.slug for skill in posting.skills.all()},
}


def accepts(posting, filters, at, leaving=None):
    for name, values in filters.items():
        if name == leaving:
            continue
        if name == "posted":
            if posting.publish_at < at - max(map(int, values)) * DAY:
                return False
        elif not VALUES[name](posting) & values:
            return False
    return True


def truth(clauses, filters, at):
    """(rows, newest first; {facet: {value: count}})"""
    rows = [row for row in Posting.objects.order_by("-publish_at", "-pk") if row.is_live(at)]
    rows = [row for row in rows if all(holds(row, clause) for clause in clauses)]
    counts = {}
    for name, values_of in VALUES.items():
        counted = Counter(
            value for row in rows if accepts(row, filters, at, leaving=name) for value in values_of(row) - {""}
        )
        counts[name] = dict(counted)
    return [row.pk for row in rows if accepts(row, filters, at)], counts


# -- The proof


def check(clauses, pairs, at):
    filters = {}
    for name, value in pairs:
        if value != "draft-guide":  # no reader knows of it: the value is dropped
            filters.setdefault(name, set()).add(value)
    form = PostingFilterForm(QueryDict(urlencode([("q", " ".join(clauses)), *pairs])))
    answer = run_search(index_question(form, at=at, offset=0, limit=20))
    transaction_log(connection).reset()  # after a search the next change takes a number of its own, as after a commit
    pks, counts = truth(clauses, filters, at)
    assert (answer.total, sorted(answer.pks)) == (len(pks), sorted(pks))
    if not any(not clause.startswith("-") for clause in clauses):
        assert [to_the_second(pk) for pk in answer.pks] == [to_the_second(pk) for pk in pks]
    slugs = dict(Employer.objects.values_list("pk", "slug"))
    for name in VALUES.keys() & answer.facets.keys():
        counted = {value: many for value, many in answer.facets[name].items() if many}
        if name == "employer":  # counted by primary key
            counted = {slugs[pk]: many for pk, many in counted.items()}
        assert counted == counts[name], name


def to_the_second(pk):
    return Posting.objects.values_list("publish_at", flat=True).get(pk=pk).replace(microsecond=0)


@hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(
    st.lists(rows(), max_size=6), st.lists(st.tuples(CRITERIA, st.sampled_from(MOMENTS[-3:])), min_size=3, max_size=5)
)
def test_hits_totals_and_counts_are_what_the_rows_say(settings, known, drawn, asked):
    settings.SEARCH_IN_TRANSACTIONS = True
    write(drawn, known)
    try:
        for (clauses, pairs), at in asked:
            check(clauses, pairs, at)
    finally:
        Posting.objects.all().delete()
