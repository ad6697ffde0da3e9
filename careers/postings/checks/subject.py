"""The posting as plain values, so that every rule is a pure function and needs no database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from careers.core.money import Pay
from careers.core.prose import plain_text
from careers.postings.checks.requirements import Requirement, unmet_requirements
from careers.postings.models import Posting
from careers.postings.text.drift import DriftState, posting_drift, template_versions
from careers.postings.text.former_facts import FormerFacts, former_facts
from careers.postings.text.render import Place, known_values, places_of

from .finding import Note

NO_PAY = Pay(None, None, "", "")


@dataclass(frozen=True)
class OpenPosting:
    """Another open posting, compared for near-duplicates."""

    title: str
    text: str
    places: tuple[Place, ...] = ()
    employer: str = ""
    link: str = ""


@dataclass(frozen=True)
class Guide:
    """Skills in the posting's guide: the names of all, and for each required one its names."""

    title: str
    skills: frozenset[str] = frozenset()
    required: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Subject:
    """What a rule may look at."""

    title: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)  # text field -> Markdown
    employer: str = ""
    places: tuple[Place, ...] = ()
    remote_countries: tuple[str, ...] = ()
    workplace: str = ""
    employment_type: str = ""
    pay: Pay = NO_PAY
    closes_on: date | None = None
    skills: tuple[str, ...] = ()
    guide: Guide | None = None
    unmet: tuple[Requirement, ...] = ()
    candidates: tuple[OpenPosting, ...] = ()
    drift_notes: tuple[Note, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)  # placeholder -> its present value
    former: FormerFacts = field(default_factory=FormerFacts)
    on: date | None = None  # the day of the check; laws in force that day apply

    @cached_property
    def plain_texts(self):
        """{text field: plain text} of the non-empty fields."""
        texts = {name: plain_text(text) for name, text in self.texts.items()}
        return {name: text for name, text in texts.items() if text}

    @cached_property
    def lines(self):
        """[(field, line)] of title and texts in Markdown, without empty lines."""
        written = {"title": self.title, **self.texts}
        return [(name, line.strip()) for name, text in written.items() for line in text.splitlines() if line.strip()]

    @cached_property
    def fields(self):
        """{field: plain text}, title included."""
        return {"title": self.title, **self.plain_texts}

    @cached_property
    def text(self):
        return " ".join(self.plain_texts.values())

    @cached_property
    def words(self):
        return self.text.split()

    @property
    def is_remote(self):
        return self.workplace == Posting.Workplace.REMOTE


def subject_of(posting: Posting, at: datetime) -> Subject:
    """For a saved posting including its related rows; for an unsaved one its own fields."""
    written = {name: getattr(posting, name) or "" for name in posting.TEXT_FIELDS}
    subject = Subject(
        title=posting.title,
        texts=written,
        employer=posting.employer.name if posting.employer_id else "",
        workplace=posting.workplace,
        employment_type=posting.employment_type,
        pay=posting.pay,
        closes_on=posting.closes_on,
        on=at.date(),
    )
    return _with_rows(subject, posting, at) if posting.pk else subject


def _with_rows(subject, posting, at):
    places, countries = places_of(posting), [row.country for row in posting.remote_countries.all()]
    facts = {name: value for name, value in known_values(posting, places, countries).items() if value}
    return replace(
        subject,
        places=tuple(places),
        remote_countries=tuple(countries),
        skills=tuple(skill.name for skill in posting.skills.all()),
        guide=guide_of(posting),
        unmet=tuple(unmet_requirements(posting, at)),
        drift_notes=tuple(drift_notes(posting)),
        facts=facts,
        former=former_facts(posting, places, facts),
    )


def drift_notes(posting: Posting) -> Iterator[Note]:
    """Fields changed in the template since. Fields edited only in the posting are not reported."""
    moved = {
        DriftState.MOVED: "The template has changed since this posting was built. Choose “Update from the template”.",
        DriftState.BOTH: "The template has changed, and this text was edited in the posting. Choose “Update from "
        "the template”.",
    }
    if posting.template_id:
        for field in posting_drift(posting, template_versions([posting])):
            if field.state in moved:
                yield Note(field.field, moved[field.state])


def guide_of(posting: Posting) -> Guide | None:
    role = posting.role
    if role is None:
        return None
    entries = role.role_skills.select_related("skill").prefetch_related("skill__aliases")
    names = {entry: (entry.skill.name, *(alias.name for alias in entry.skill.aliases.all())) for entry in entries}
    required = tuple(skill_names for entry, skill_names in names.items() if entry.necessity == entry.Necessity.REQUIRED)
    known = frozenset(name for skill_names in names.values() for name in skill_names)
    return Guide(role.title, known, required)
