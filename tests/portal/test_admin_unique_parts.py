"""Parts of a row that exist once, such as its places: what a form does where somebody else saved the same part."""

import pytest

from tests import factories
from tests.admin_pages import asked, errors_of, filled, form_data
from tests.cases import each
from tests.portal.test_admin_forms import (
    PARTS,
    edited_inlines,
    key_to,
    name_of,
    other_name,
    page,
    prefix_of,
    rows_of,
    sent,
    with_parts,
)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db, pytest.mark.ignore_template_errors]


def unique_inlines():
    return [
        (label, inline)
        for label, inline in edited_inlines()
        if inline.model._meta.total_unique_constraints  # SkillAlias has a unique field: below
    ]


def unique_fields(model, parent):
    [constraint] = model._meta.total_unique_constraints
    return [name for name in constraint.fields if name != key_to(parent)]


def form_of(admin, address, inline):
    """(prefix, what a browser would send) of a form with two parts, without the version it was opened with."""
    answer = asked(admin, address)
    return prefix_of(answer, inline.model), form_data(answer)


def as_added(prefix, data):
    """Both parts as rows that this form adds."""
    return data | {f"{prefix}-INITIAL_FORMS": 0, f"{prefix}-0-id": "", f"{prefix}-1-id": ""}


def as_gone(prefix, data):
    """With keys of rows that do not exist."""
    return data | {f"{prefix}-0-id": 900_000_001, f"{prefix}-1-id": 900_000_002}


def made_again(rows):
    """Deletes them and adds the same again, under other keys."""
    for row in rows:
        row.delete()
    for number, row in enumerate(rows):
        row.pk, row._state.adding = 800_000_001 + number, True
        row.save()


def content(parent, model):
    return list(rows_of(parent, model).order_by("pk").values())


@each("label, inline", unique_inlines(), ids=name_of)
def test_a_part_that_somebody_else_added_is_taken_as_the_same(admin, label, inline):
    parent, *_ = with_parts(label, inline.model)
    address = page(label, "change", parent.pk)
    prefix, data = form_of(admin, address, inline)
    before, versions = content(parent, inline.model), inline.model.history.count()
    for given in (as_added(prefix, data), as_gone(prefix, data)):
        answer = sent(admin, address, given | other_name(parent))
        assert answer.status_code == 302, errors_of(answer)
        assert content(parent, inline.model) == before
    assert inline.model.history.count() == versions, "no part was changed"


@each("label, inline", unique_inlines(), ids=name_of)
def test_a_part_deleted_and_added_again_gets_what_the_form_says(admin, label, inline):
    parent, *parts = with_parts(label, inline.model)
    address = page(label, "change", parent.pk)
    prefix, data = form_of(admin, address, inline)
    [(field, value)] = PARTS[inline.model][2].items()
    changes = {} if field in unique_fields(inline.model, parent) else {f"{prefix}-0-{field}": value}
    made_again(parts)
    before = content(parent, inline.model)
    answer = sent(admin, address, data | changes | other_name(parent))
    assert answer.status_code == 302, errors_of(answer)
    rows = content(parent, inline.model)
    assert [row["id"] for row in rows] == [row["id"] for row in before]
    assert sum(row[field] == value for row in rows) == len(changes)


@each("label, inline", unique_inlines(), ids=name_of)
def test_a_part_does_not_become_what_another_one_is(admin, label, inline):
    """Two that change places, and one that becomes what somebody else added meanwhile."""
    parent, *_ = with_parts(label, inline.model)
    address = page(label, "change", parent.pk)
    prefix, data = form_of(admin, address, inline)
    names = unique_fields(inline.model, parent)
    first, second = ({name: data.get(f"{prefix}-{number}-{name}", "") for name in names} for number in (0, 1))
    swapped = {f"{prefix}-0-{name}": second[name] for name in names}
    only_first = data | swapped | {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": 1}
    swapped |= {f"{prefix}-1-{name}": first[name] for name in names}
    before = content(parent, inline.model)
    [constraint] = inline.model._meta.total_unique_constraints
    for given in (data | swapped, only_first):
        answer = sent(admin, address, given)
        assert answer.status_code == 200
        assert constraint.violation_error_message in errors_of(answer)
        assert content(parent, inline.model) == before


def test_a_part_becomes_what_another_one_was_once_that_one_is_free(admin):
    """Deleted parts and changed ones are saved in the order of the form."""
    posting = factories.PostingFactory(draft=True)
    for city in ("Bonn", "Ulm"):
        factories.PostingPlaceFactory(posting=posting, city=city)
    address = page("postings.posting", "change", posting.pk)
    data = filled(admin, address)
    answer = sent(admin, address, data | {"places-0-DELETE": "on", "places-1-city": "Bonn"})
    assert answer.status_code == 302, errors_of(answer)
    assert [place.city for place in posting.places.all()] == ["Bonn"]


def test_a_placeholder_written_in_two_ways_is_refused(admin):
    """“Night shift” and “night_shift” are stored as the same."""
    template = factories.PostingTemplateFactory()
    address = page("postings.postingtemplate", "change", template.pk)
    data = filled(admin, address)
    data |= {"blanks-0-name": "Night shift", "blanks-0-position": 0}
    data |= {"blanks-1-name": "night_shift", "blanks-1-position": 1}
    added = sent(admin, address, data | {"blanks-TOTAL_FORMS": 2})
    assert (added.status_code, template.blanks.count()) == (200, 0)
    assert "This placeholder is already declared." in errors_of(added)
    assert sent(admin, address, data | {"blanks-TOTAL_FORMS": 1}).status_code == 302
    data |= {"blanks-0-id": template.blanks.get().pk, "blanks-INITIAL_FORMS": 1, "blanks-TOTAL_FORMS": 2}
    added = sent(admin, address, data)
    assert (added.status_code, template.blanks.count()) == (200, 1)


def test_an_alias_that_somebody_else_added_is_named_in_an_error(admin):
    alias = factories.SkillAliasFactory(name="Oracle Java")
    address = page("roles.skill", "change", alias.skill_id)
    added = {"aliases-INITIAL_FORMS": 0, "aliases-0-id": ""}
    answer = sent(admin, address, filled(admin, address) | added)
    assert answer.status_code == 200
    assert "already exists" in errors_of(answer)
