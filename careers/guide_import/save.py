"""An article brought into a draft guide, or only looked at: one way for the command and for the admin."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from careers.occupations.models import Source
from careers.roles.models import Industry, Role, Skill, SkillAlias

from .diff import Merge, merge_of
from .draft import ArticleDraft
from .extract.skills import Vocabulary
from .placement import draft_of
from .target import About, guide_for, source_of
from .text.blocks import Reading

LONGEST_REASON = 100


@dataclass(frozen=True)
class Imported:
    draft: ArticleDraft
    merge: Merge
    about: About
    is_written: bool


def vocabulary():
    skills = dict(SkillAlias.objects.values_list("name", "skill__name"))
    skills |= {name: name for name in Skill.objects.values_list("name", flat=True)}
    return Vocabulary(skills, tuple(Industry.objects.values_list("name", flat=True)))


def look(reading: Reading, about: About, *, name: str = "") -> Imported:
    """What an import would do. Writes nothing."""
    draft = draft_of(reading, role=about.role, vocabulary=vocabulary())
    return _merged(draft, about.completed(draft, name))


@transaction.atomic
def bring_in(reading: Reading, about: About, *, by=None, name: str = "") -> Imported:
    """The same, written in one transaction. Raises ValidationError with a sentence where it cannot be."""
    draft = draft_of(reading, role=about.role, vocabulary=vocabulary())
    imported = _merged(draft, about.completed(draft, name), lock=True)
    if not imported.merge.changes_nothing:
        try:
            with transaction.atomic():
                Saving(imported.merge, by).save()
        except IntegrityError as error:
            raise ValidationError("Somebody else has just changed this guide. Look at the article again.") from error
    return Imported(imported.draft, imported.merge, imported.about, is_written=True)


def _merged(draft, about, *, lock=False):
    role, note = guide_for(about.role, lock=lock)
    Role._meta.get_field("title").clean(role.title, role)
    source = source_of(about)
    source.clean_fields()
    merge = merge_of(draft, role, source)
    if note:
        merge.notes.append(note)
    return Imported(draft, merge, about, is_written=False)


class Saving:
    """Saves the rows of a merge, each with who and why in its history."""

    def __init__(self, merge, by):
        self.merge, self.by = merge, by
        self.reason = f"Imported from “{merge.source.title}”"[:LONGEST_REASON]

    def save(self):
        merge = self.merge
        if merge.role.pk is None:
            merge.role.edition = merge.source.release[:20]
            self.keep(merge.role)
        self.keep_source(merge.source)
        for section in merge.sections:
            section.role, section.source = (
                merge.role,
                section.source and merge.source if section.pk is None else section.source,
            )
            section.clean_fields(exclude=["role", "source"])
            self.keep(section)
        for row in merge.rows:
            self.row(row)
        self.industries()

    def row(self, row):
        row.role = self.merge.role
        for name in ("source", "quoted_in"):
            source = getattr(row, name, None)
            if source is not None:
                self.keep_source(source)
                setattr(row, name, source)
        self.keep(row)

    def keep_source(self, source: Source):
        if source.pk is None:
            self.keep(source)

    def keep(self, row):
        row._history_user, row._change_reason = self.by, self.reason
        row.save()

    def industries(self):
        if not self.merge.industries:
            return
        known = {industry.name.casefold(): industry for industry in Industry.objects.all()}
        industries = []
        for name in self.merge.industries:
            if name.casefold() not in known:
                known[name.casefold()] = Industry.objects.create(name=name)
            industries.append(known[name.casefold()])
        self.merge.role._history_user, self.merge.role._change_reason = self.by, self.reason
        self.merge.role.industries.add(*industries)
