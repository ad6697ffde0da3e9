"""An old version of anything edited in the admin shows, and brings back, all that readers saw of it."""

import re

import pytest
from django.contrib.auth.models import Permission

from careers.postings.models import Posting, PostingPlace
from careers.resources.models import Resource
from careers.roles.models import Role, Skill
from tests import factories
from tests.admin_pages import complete, form_data, said, sent, undrawn
from tests.cases import each
from tests.portal.test_admin_forms import (
    FACTORIES,
    PARTS,
    admins,
    edited_inlines,
    key_to,
    name_of,
    page,
    rows_of,
    with_parts,
)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db, pytest.mark.ignore_template_errors]

POSTING = "postings.posting"


def version_page(row, version):
    return page(row._meta.label_lower, "simple_history", row.pk, version.pk)


def reverted(client, row, version):
    """The answer to “Restore this version” on the page of the version, sent as a browser would."""
    address = version_page(row, version)
    with undrawn():
        return client.post(address, form_of(client, address))


def form_of(client, address):
    data = {}
    for field in client.get(address).context["adminform"].form:
        data |= sent(field)
    return data


def saved(client, row, **changes):
    address = page(row._meta.label_lower, "change", row.pk)
    with undrawn():
        answer = client.post(address, form_data(client.get(address)) | changes)
    assert answer.status_code == 302
    return answer


def values(rows):
    stored = rows.order_by("pk").values()
    return [{name: value for name, value in row.items() if name not in ("created_at", "updated_at")} for row in stored]


# -- Parts


@each("label, inline", edited_inlines(), ids=name_of)
def test_parts_are_brought_back(admin, label, inline):
    parent, deleted, changed = with_parts(label, inline.model)
    model, key = inline.model, key_to(parent)
    version, before = parent.history.first(), values(rows_of(parent, model))
    parent.save()  # the next version
    deleted.delete()
    for name, value in PARTS[model][2].items():
        setattr(changed, name, value)
    changed.save()
    factory, other, _ = PARTS[model]
    factory(**{key: parent}, **{name: later(value) for name, value in other.items()})
    assert values(rows_of(parent, model)) != before
    answer = reverted(admin, parent, version)
    assert (answer.status_code, [line for line in said(answer) if "Not restored" in line]) == (302, [])
    assert values(rows_of(parent, model)) == before


def later(value):
    """Another value than that of the second row."""
    return {"Bonn": "Kiel", "FR": "ES", "work": "day", "DE": "AT"}[value]


@each("label, inline", edited_inlines(), ids=name_of)
def test_the_page_of_a_version_shows_the_parts_of_then(admin, label, inline):
    parent, deleted, changed = with_parts(label, inline.model)
    version = parent.history.first()
    names = {str(deleted), str(changed)}
    parent.save()
    deleted.delete()
    for name, value in PARTS[inline.model][2].items():
        setattr(changed, name, value)
    changed.save()
    for shown, expected in ((version, names), (parent.history.first(), {str(changed)})):
        kinds = admin.get(version_page(parent, shown)).context["version"].kinds
        [kind] = [kind for kind in kinds if kind.parts]
        assert {part.name for part in kind.parts} == expected


def test_two_parts_that_exchanged_their_values_are_brought_back(admin):
    posting, berlin, bonn = with_parts(POSTING, PostingPlace)
    version = posting.history.first()
    posting.save()
    for place, city in ((berlin, "Ulm"), (bonn, "Berlin"), (berlin, "Bonn")):
        place.city = city
        place.save()
    reverted(admin, posting, version)
    assert [place.city for place in posting.places.order_by("pk")] == ["Berlin", "Bonn"]


def test_a_deleted_row_is_brought_back_with_its_parts(admin):
    posting, *_ = with_parts(POSTING, PostingPlace)
    version = posting.history.first()
    pk = posting.pk
    posting.delete()
    posting.pk = pk
    assert reverted(admin, posting, version).status_code == 302
    assert {place.city for place in Posting.objects.get(pk=pk).places.all()} == {"Berlin", "Bonn"}
    assert Posting.objects.get(pk=pk).history.first().history_type == "+"


def test_parts_that_were_made_without_a_history_stay(admin):
    role = factories.RoleFactory(draft=True)
    title = factories.AlternateTitleFactory(role=role)
    title.history.all().delete()
    version = role.history.first()
    role.save()
    reverted(admin, role, version)
    assert role.alternate_titles.exists()


def test_articles_keep_their_own_versions_and_the_page_says_so(admin):
    role = factories.RoleFactory(draft=True)
    version = role.history.first()
    role.save()
    factories.ArticleFactory(role=role)
    shown = admin.get(version_page(role, version))
    assert "These stay as they are now: articles" in shown.text
    reverted(admin, role, version)
    assert role.articles.count() == 1


# -- Relations


RELATIONS = [
    (Posting, "skills", factories.SkillFactory),
    (Role, "industries", factories.IndustryFactory),
    (Resource, "roles", factories.RoleFactory),
    (Resource, "skills", factories.SkillFactory),
    (admins()["postings.postingtemplate"].model, "skills", factories.SkillFactory),
]


def made(model):
    kinds = {Posting: factories.PostingFactory, Role: factories.RoleFactory, Resource: factories.ResourceFactory}
    traits = {"draft": True} if model in (Posting, Role) else {}
    return kinds.get(model, factories.PostingTemplateFactory)(**traits)


def test_all_many_to_many_relations_of_versioned_rows_are_in_their_versions():
    known = {(model, name) for model, name, _ in RELATIONS}
    for model_admin in admins().values():
        if hasattr(model_admin.model, "history"):
            for relation in model_admin.model._meta.local_many_to_many:
                if relation.remote_field.through._meta.auto_created:
                    assert (model_admin.model, relation.name) in known
                    assert relation in model_admin.model.history.model._history_m2m_fields


@each("model, name, factory", RELATIONS, ids=lambda case: f"{case[0].__name__}.{case[1]}")
def test_relations_are_shown_and_brought_back(admin, model, name, factory):
    row, (old, other, new) = made(model), factory.create_batch(3)
    saved(admin, row, **{name: [old.pk, other.pk]})
    version, versions = row.history.first(), row.history.count()
    saved(admin, row, **{name: [new.pk]})
    assert row.history.count() == versions + 1, "one save, one version"
    shown = admin.get(version_page(row, version)).context["adminform"].form[name].value()
    assert {getattr(entry, "pk", entry) for entry in shown} == {old.pk, other.pk}
    assert reverted(admin, row, version).status_code == 302
    assert set(getattr(row, name).all()) == {old, other}


# -- What cannot be brought back is named before


def test_a_skill_deleted_since_is_named(admin):
    posting, gone, kept = complete(draft=True), factories.SkillFactory(name="Fax"), factories.SkillFactory()
    saved(admin, posting, skills=[gone.pk, kept.pk])
    version = posting.history.first()
    saved(admin, posting, skills=[])
    gone.delete()
    shown = admin.get(version_page(posting, version)).text
    assert "Cannot be restored" in shown
    assert "Skills: Fax (has since been deleted)" in shown
    assert reverted(admin, posting, version).status_code == 302
    assert list(posting.skills.all()) == [kept]


def test_a_part_of_something_deleted_since_is_named_and_left_out(admin):
    entry = factories.RoleSkillFactory(role=factories.RoleFactory(draft=True))
    role, version = entry.role, entry.role.history.first()
    role.save()
    entry.delete()
    Skill.objects.all().delete()
    shown = admin.get(version_page(role, version))
    assert any("deleted skill" in loss for loss in shown.context["version"].losses)
    assert admin.get(page("roles.role", "history", role.pk)).status_code == 200
    assert reverted(admin, role, version).status_code == 302
    assert not role.role_skills.exists()


def test_a_source_deleted_since_is_named_and_the_part_comes_back_without_it(admin):
    item = factories.ItemFactory(role=factories.RoleFactory(draft=True), source=factories.SourceFactory())
    role, version = item.role, item.role.history.first()
    role.save()
    source = item.source
    item.delete()
    source.delete()
    assert any("its source" in loss for loss in admin.get(version_page(role, version)).context["version"].losses)
    reverted(admin, role, version)
    assert role.items.get().source is None


def test_what_stays_is_named(admin):
    role = factories.RoleFactory(draft=True)
    version = role.history.first()
    role.status = Role.Status.PUBLISHED
    role.save()
    assert "status" in admin.get(version_page(role, version)).context["version"].kept


def test_a_live_posting_does_not_lose_its_last_place(admin):
    posting = factories.PostingFactory()
    version = posting.history.first()
    posting.save()
    factories.PostingPlaceFactory(posting=posting)
    answer = reverted(admin, posting, version)
    assert "Add the place of work" in " ".join(said(answer))
    assert posting.places.count() == 1


def test_who_may_not_change_the_parts_restores_none(client):
    posting, deleted, _ = with_parts(POSTING, PostingPlace)
    version = posting.history.first()
    posting.save()
    deleted.delete()
    user = factories.UserFactory(staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["change_posting", "view_posting"]))
    client.force_login(user)
    assert "posting places" in client.get(version_page(posting, version)).context["version"].kept
    assert reverted(client, posting, version).status_code == 302
    assert posting.places.count() == 1


# -- The whole of it


def test_a_posting_is_brought_back_whole(admin):
    """Text, skills, place and countries, from the list of versions."""
    a, b, c = factories.SkillFactory.create_batch(3)
    posting = complete(draft=True, title="Baker", workplace="remote")
    saved(admin, posting, skills=[a.pk, b.pk])
    version = posting.history.first()
    data = {"title": "Cook", "skills": [c.pk], "places-0-city": "Hamburg"}
    countries = {"remote_countries-TOTAL_FORMS": 1, "remote_countries-0-country": "FR"}
    saved(admin, posting, **data, **countries)
    assert posting.remote_countries.count() == 1
    shown = admin.get(version_page(posting, version)).text
    assert "Changes “Hamburg, Germany” to “Berlin, Germany”" in shown
    assert "Removes “France”" in shown
    reverted(admin, posting, version)
    posting.refresh_from_db()
    assert posting.title == "Baker"
    assert set(posting.skills.all()) == {a, b}
    assert [place.city for place in posting.places.all()] == ["Berlin"]
    assert not posting.remote_countries.exists()


def test_the_placeholders_of_a_template_are_brought_back_with_its_text(admin):
    template = factories.PostingTemplateFactory(description="Join {team}.")
    blank = factories.TemplateBlankFactory(template=template, name="team")
    saved(admin, template, name="First")
    version = template.history.first()
    saved(admin, template, description="Join us.", **{"blanks-0-DELETE": "on"})
    assert not template.blanks.exists()
    assert reverted(admin, template, version).status_code == 302
    template.refresh_from_db()
    assert template.description == "Join {team}."
    assert template.blanks.get().name == blank.name


# -- The list of versions


def test_the_list_names_the_portal_shows_whole_texts_and_no_fractions_of_seconds(admin):
    posting = complete(
        draft=True, description="First line.\n\n" + "Long " * 80 + "end of it.", time_zone="America/New_York"
    )
    saved(admin, posting, title="Baker", publish_at_0="2027-01-31", publish_at_1="09:30:00", closes_on="")
    posting.description = "Another first line.\n\n" + "Long " * 80 + "end of it."
    posting.save()
    text = admin.get(page(POSTING, "history", posting.pk)).text
    assert "The portal" in text
    assert ">None<" not in text.replace(" ", "").replace("\n", "")
    assert "31 Jan 2027, 09:30 (America/New York)" in text
    assert "<del>First line.</del>" in text
    assert "chars]" not in text
    assert "+00:00" not in re.sub(r'datetime="[^"]*"', "", text)


def test_the_last_version_of_a_page_says_what_changed_too(admin, monkeypatch):
    monkeypatch.setattr(admins()[POSTING], "history_list_per_page", 1)
    posting = complete(draft=True, title="Baker")
    saved(admin, posting, title="Cook")
    assert "<del>Baker</del>" in admin.get(page(POSTING, "history", posting.pk)).text


# -- Somebody else saves the row while the page of a version is open


REVERTED = {
    "postings.posting": "title",
    "postings.postingtemplate": "name",
    "postings.employer": "name",
    "roles.role": "title",
    "roles.skill": "name",
    "roles.article": "title",
    "roles.payclaim": "note",
    "resources.resource": "name",
}


@each("label, field", REVERTED.items(), ids=lambda case: case[0])
def test_reverting_tells_who_saved_since_the_version_was_opened_and_what(admin, label, field):
    row = FACTORIES[label]()
    version, old = row.history.first(), getattr(row, field)
    setattr(row, field, "Second name")
    row.save()
    address = version_page(row, version)
    page_of_it = admin.get(address)
    data = form_of(admin, address) | {"_opened_version": opened_version(page_of_it)}
    setattr(row, field, "Third name")
    row.save()
    warned = admin.post(address, data)
    assert warned.status_code == 200
    assert type(row).objects.filter(pk=row.pk, **{field: "Third name"}).exists()
    assert "Third name" in warned.text
    assert "while you had it open" in warned.text
    [seen] = re.findall(r'name="_over" value="([\d-]+)"', warned.text)
    again = data | {"_opened_version": opened_version(warned), "_over": seen}
    assert admin.post(address, again).status_code == 302
    assert type(row).objects.filter(pk=row.pk, **{field: old}).exists()
    assert row.history.first().history_change_reason.startswith("Restored the version from")


def test_reverting_tells_of_a_part_added_since_the_version_was_opened(admin):
    posting = complete(draft=True)
    version = posting.history.first()
    address = version_page(posting, version)
    data = form_of(admin, address) | {"_opened_version": opened_version(admin.get(address))}
    factories.PostingPlaceFactory(posting=posting, city="Bonn")
    assert "Added: posting place “Bonn, Germany”" in admin.post(address, data).text
    assert posting.places.count() == 2


def test_who_reverts_alone_is_not_bothered(admin):
    skill = factories.SkillFactory(name="Java")
    version = skill.history.first()
    skill.name = "Kava"
    skill.save()
    address = version_page(skill, version)
    data = form_of(admin, address) | {"_opened_version": opened_version(admin.get(address))}
    assert admin.post(address, data).status_code == 302
    assert Skill.objects.get().name == "Java"


def opened_version(answer):
    [version] = re.findall(r'name="_opened_version" value="([\d-]+)"', answer.text)
    return version
