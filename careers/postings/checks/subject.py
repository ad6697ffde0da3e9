"""A posting as the checks read it: plain values, so that a rule is a pure function and needs no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from careers.core.money import Pay
from careers.core.prose import plain
from careers.postings.checks.requirements import Missing, missing
from careers.postings.models import Posting
from careers.postings.text.drift import Drift as DriftState
from careers.postings.text.drift import drift_of, versions_for
from careers.postings.text.render import Place

NO_PAY = Pay(None, None, "", "")


@dataclass(frozen=True)
class Other:
    """Another posting that is open: what a near-duplicate is looked for in."""

    title: str
    text: str
    places: tuple[Place, ...] = ()
    employer: str = ""
    link: str = ""


@dataclass(frozen=True)
class Guide:
    """What the posting's guide says of skills: names of all it knows, and those it requires with their other names."""

    title: str
    skills: frozenset[str] = frozenset()
    required: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Drift:
    """A text field in which posting and template went apart: its name, and what happened in a few words."""

    field: str
    words: str


@dataclass(frozen=True)
class Reading:
    title: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)  # text field -> Markdown
    employer: str = ""
    places: tuple[Place, ...] = ()
    remote_countries: tuple[str, ...] = ()
    workplace: str = ""
    employment_type: str = ""
    level: str = ""
    months_of_experience: int | None = None
    pay: Pay = NO_PAY
    closes_on: date | None = None
    skills: tuple[str, ...] = ()
    guide: Guide | None = None
    lacks: tuple[Missing, ...] = ()
    others: tuple[Other, ...] = ()
    drifts: tuple[Drift, ...] = ()
    on: date | None = None  # the day of the check: rules of law are those in force on it

    @cached_property
    def plain_texts(self):
        """{text field: plain text} of the fields that say something."""
        texts = {name: plain(text) for name, text in self.texts.items()}
        return {name: text for name, text in texts.items() if text}

    @cached_property
    def lines(self):
        """[(field, line)] of title and texts, as they were written and without blank lines: marks and tags included."""
        written = {"title": self.title, **self.texts}
        return [(name, line.strip()) for name, text in written.items() for line in text.splitlines() if line.strip()]

    @cached_property
    def fields(self):
        """{field: plain text}, the title among them."""
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


def reading_of(posting, at):
    """What stands in the database; of a posting that is not saved yet, what it holds itself."""
    written = {name: getattr(posting, name) or "" for name in posting.TEXT_FIELDS}
    reading = Reading(
        title=posting.title,
        texts=written,
        employer=posting.employer.name if posting.employer_id else "",
        workplace=posting.workplace,
        employment_type=posting.employment_type,
        level=posting.level,
        months_of_experience=posting.months_of_experience,
        pay=posting.pay,
        closes_on=posting.closes_on,
        on=at.date(),
    )
    return _with_rows(reading, posting, at) if posting.pk else reading


def _with_rows(reading, posting, at):
    places = tuple(Place(place.country, place.subdivision, place.city) for place in posting.places.all())
    return replace(
        reading,
        places=places,
        remote_countries=tuple(row.country for row in posting.remote_countries.all()),
        skills=tuple(skill.name for skill in posting.skills.all()),
        guide=guide_of(posting),
        lacks=tuple(missing(posting, at)),
        drifts=tuple(drifts_from(posting)),
    )


def drifts_from(posting):
    """Where the template moved on. What was edited here and nowhere else is what an editor is for."""
    moved = {
        DriftState.MOVED: "The template has moved on since this was built. Look at “update from template”.",
        DriftState.BOTH: "The template has moved on, and this was edited here. Look at “update from template”.",
    }
    if posting.template_id:
        for field in drift_of(posting, versions_for([posting])):
            if field.state in moved:
                yield Drift(field.field, moved[field.state])


def guide_of(posting):
    if not posting.role_id:
        return None
    entries = posting.role.role_skills.select_related("skill").prefetch_related("skill__aliases")
    names = {entry: (entry.skill.name, *(alias.name for alias in entry.skill.aliases.all())) for entry in entries}
    required = tuple(spelled for entry, spelled in names.items() if entry.necessity == entry.Necessity.REQUIRED)
    known = frozenset(name for spelled in names.values() for name in spelled)
    return Guide(posting.role.title, known, required)
