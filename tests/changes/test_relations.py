"""What changes through a relation: many-to-many links, rows that go with their parent, rows that lose it, related managers."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CASCADE, SET_NULL

from careers.changes import counter
from careers.changes.log import transaction_log
from careers.changes.tracking import is_public
from careers.postings.models import Posting
from careers.roles.models import Role
from tests import factories
from tests.cases import each

from .write_paths import MODELS, document_of, logged, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

LINKS = [
    field
    for model in MODELS
    for field in model._meta.local_many_to_many
    if field.remote_field.through._meta.auto_created
]


def keys_with_a_row(on_delete):
    return [
        field
        for model in MODELS
        for field in model._meta.concrete_fields
        if field.is_relation and field.remote_field.on_delete is on_delete
    ]


def name_of(field):
    return f"{field.model.__name__}.{field.name}"


def pair(field):
    """A row, a row of the other side, and the manager of the relation; not linked yet."""
    row = row_of(field.model)
    links = getattr(row, field.name)
    links.clear()
    return row, row_of(field.related_model), links


def test_there_are_links_to_try():
    assert {name_of(field) for field in LINKS} >= {"Posting.skills", "Resource.roles", "Role.industries"}


@pytest.mark.parametrize("field", LINKS, ids=name_of)
class TestLinks:
    """A link is a part of the row that has the relation, whichever side it is made from."""

    def test_add(self, field):
        row, other, links = pair(field)
        assert logged(lambda: links.add(other)) == {document_of(row)}

    def test_set(self, field):
        row, other, links = pair(field)
        assert logged(lambda: links.set([other])) == {document_of(row)}

    def test_remove(self, field):
        row, other, links = pair(field)
        links.add(other)
        assert logged(lambda: links.remove(other)) == {document_of(row)}

    def test_clear(self, field):
        row, other, links = pair(field)
        links.add(other)
        assert logged(links.clear) == {document_of(row)}

    def test_save_of_a_link_by_itself_marks_the_whole_kind(self, field):
        """Relations never do this; the SQL guard alone sees it."""
        row, other, _ = pair(field)
        through = field.remote_field.through
        link = through(**{field.m2m_column_name(): row.pk, field.m2m_reverse_name(): other.pk})
        assert logged(link.save) == {(document_of(row)[0], None)}

    def test_bulk_create_of_links(self, field):
        row, other, _ = pair(field)
        through = field.remote_field.through
        link = through(**{field.m2m_column_name(): row.pk, field.m2m_reverse_name(): other.pk})
        assert logged(lambda: through.objects.bulk_create([link])) == {document_of(row)}

    def test_deleting_the_other_side(self, field):
        row, other, links = pair(field)
        links.add(other)
        documents = {document_of(row), document_of(other)}
        assert logged(other.delete) == documents

    def test_deleting_the_row_itself(self, field):
        row, other, links = pair(field)
        links.add(other)
        document = document_of(row)
        assert logged(row.delete) == {document}


@each("field", [field for field in LINKS if hasattr(field.related_model, "history")], ids=name_of)
def test_a_link_made_from_the_other_side(field):
    """Where that side has a history: simple_history refuses the others."""
    row, other, _ = pair(field)
    back = getattr(other, field.remote_field.get_accessor_name())
    assert logged(lambda: back.add(row)) == {document_of(row)}
    assert logged(back.clear) == {document_of(row)}


@each("field", keys_with_a_row(CASCADE), ids=name_of)
def test_a_row_that_goes_with_its_parent_is_named(field):
    row = row_of(field.model)
    parent = getattr(row, field.name) or row_of(field.related_model)
    others = {"role": None} if name_of(field).endswith("Claim.occupation") else {}
    others |= {"to_title": ""} if field.name == "to_role" else {}
    field.model.objects.filter(pk=row.pk).update(**{field.name: parent}, **others)
    row.refresh_from_db()
    of_row = ("occupations.occupation", parent.pk) if "role" in others else document_of(row)
    expected = {of_row, document_of(parent)}
    written = logged(type(parent).objects.filter(pk=parent.pk).delete)
    assert written >= expected
    assert None not in {key for _, key in written}


@each("field", keys_with_a_row(SET_NULL), ids=name_of)
def test_a_row_that_loses_its_parent_is_named(field):
    row = row_of(field.model)
    parent = factories.UserFactory() if not is_public(field.related_model) else row_of(field.related_model)
    field.model.objects.filter(pk=row.pk).update(**{field.name: parent})
    written = logged(parent.delete)
    assert document_of(row) in written
    assert None not in {key for _, key in written}


def test_every_link_of_a_public_model_is_public():
    links = [model for model in apps.get_models(include_auto_created=True) if model._meta.auto_created in MODELS]
    assert links
    assert [link for link in links if not is_public(link)] == []


def test_update_through_a_related_manager():
    posting = factories.PostingFactory(role=factories.RoleFactory())
    assert logged(lambda: posting.role.postings.update(level="senior")) == {document_of(posting)}


def test_create_through_a_related_manager():
    role = factories.RoleFactory()
    assert logged(lambda: role.alternate_titles.create(title="Another")) == {document_of(role)}


def test_a_part_handed_from_one_row_to_another_changes_both():
    title, other = factories.AlternateTitleFactory(), factories.RoleFactory()
    former = title.role
    assert logged(lambda: other.alternate_titles.add(title, bulk=True)) == {document_of(former), document_of(other)}


def test_a_part_saved_under_another_row_changes_both():
    title, other = factories.AlternateTitleFactory(), factories.RoleFactory()
    former, title.role = title.role, other
    assert logged(title.save) == {document_of(former), document_of(other)}


def test_rows_added_to_a_parent_are_named():
    posting, role = factories.PostingFactory(role=None), factories.RoleFactory()
    assert logged(lambda: role.postings.add(posting)) == {document_of(posting)}
    assert logged(lambda: role.postings.clear()) == {document_of(posting)}


def test_a_rename_is_logged_once_and_not_for_all_who_show_the_name():
    """Readers of the log follow the relation themselves: it still stands."""
    employer = factories.PostingFactory().employer
    employer.name = "Another Name"
    assert logged(employer.save) == {document_of(employer)}


def test_going_back_in_history_is_logged():
    role = factories.RoleFactory(title="First")
    role.title = "Second"
    role.save()
    first = role.history.last().instance
    assert logged(first.save) == {document_of(role)}


def test_old_versions_and_people_do_not_move_the_clock():
    role = factories.RoleFactory()
    before = counter.current_number()
    role.history.update(history_change_reason="Seen")
    factories.UserFactory().save()
    assert counter.current_number() == before


def test_a_kind_is_named_as_a_whole_past_the_limit(monkeypatch):
    monkeypatch.setattr("careers.changes.log.MAX_KEYS", 2)
    monkeypatch.setattr("careers.changes.tracking.MAX_KEYS", 2)
    roles = factories.RoleFactory.create_batch(3)
    assert logged(lambda: Role.objects.update(edition="2027")) == {("roles.role", None)}
    assert logged(lambda: Role.objects.bulk_update(roles, ["edition"], batch_size=1)) >= {("roles.role", None)}


@pytest.mark.parametrize("number", [1, 3])
def test_what_noting_costs_does_not_grow(number, django_assert_num_queries):
    """A statement to take the number, one to look, one to note; whatever the number of rows."""
    postings = factories.PostingFactory.create_batch(number)
    rows = Posting.objects.filter(pk__in=[posting.pk for posting in postings])
    transaction_log(connection).reset()
    with django_assert_num_queries(4):
        rows.update(level="senior")
