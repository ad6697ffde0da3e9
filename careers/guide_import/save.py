"""Writes the changes of an import, each row with a reason in its history."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from careers.core.models import set_history_note
from careers.occupations.models import Source
from careers.roles.models import Industry

from .diff import GuideChanges

MAX_REASON = 100  # characters of history_change_reason


def save_changes(changes: GuideChanges, *, by=None) -> None:
    """Raises ValidationError if somebody else has changed the guide since the comparison."""
    if changes.is_empty:
        return
    try:
        with transaction.atomic():
            ChangeWriter(changes, by).write()
    except IntegrityError as error:
        raise ValidationError("Somebody else has just changed this guide. Preview the article again.") from error


class ChangeWriter:
    def __init__(self, changes: GuideChanges, by):
        self.changes, self.by = changes, by
        self.reason = f"Imported from “{changes.source.title}”"[:MAX_REASON]

    def write(self) -> None:
        changes = self.changes
        if changes.role.pk is None:
            changes.role.edition = changes.source.release[:20]
            self.save(changes.role)
        self.save_if_new(changes.source)
        # Rows were built before the guide and its sources had a primary key, so each relation is assigned again.
        for section in changes.sections:
            if section.pk is None:
                section.role, section.source = changes.role, changes.source
            section.clean_fields(exclude=["role", "source"])
            self.save(section)
        for row in changes.rows:
            self.save_row(row)
        self.add_industries()

    def save_row(self, row):
        row.role = self.changes.role
        for name in ("source", "quoted_in"):
            source = getattr(row, name, None)
            if source is not None:
                self.save_if_new(source)
                setattr(row, name, source)
        self.save(row)

    def save_if_new(self, source: Source) -> None:
        if source.pk is None:
            self.save(source)

    def save(self, row):
        self.set_history(row)
        row.save()

    def set_history(self, row):
        """django-simple-history reads these attributes when it records a change."""
        set_history_note(row, by=self.by, reason=self.reason)

    def add_industries(self) -> None:
        if not self.changes.industries:
            return
        known = {industry.name.casefold(): industry for industry in Industry.objects.all()}
        industries = []
        for name in self.changes.industries:
            if name.casefold() not in known:
                known[name.casefold()] = Industry.objects.create(name=name)
            industries.append(known[name.casefold()])
        self.set_history(self.changes.role)
        self.changes.role.industries.add(*industries)
