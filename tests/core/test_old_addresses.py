"""An old address leads to its row as long as there is one: no other row may take it."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from careers.core.models import Slugged
from careers.roles.models import Role
from tests import factories
from tests.admin_pages import answered, errors_of

pytestmark = pytest.mark.postgres
SLUGGED = {
    "Role": factories.RoleFactory,
    "Employer": factories.EmployerFactory,
    "Resource": factories.ResourceFactory,
    "Page": factories.PageFactory,
    "Skill": factories.SkillFactory,
}


def test_every_model_with_an_address_and_a_history_is_tried_here():
    kept = {model.__name__ for model in apps.get_models() if issubclass(model, Slugged) and hasattr(model, "history")}
    assert kept == {*SLUGGED, "Article"}


def renamed(row):
    """The old slug of a row that has another one now."""
    old, row.slug = row.slug, f"{row.slug}-now"
    row.save()
    return old


@pytest.mark.django_db
@pytest.mark.parametrize("make", SLUGGED.values(), ids=SLUGGED)
def test_an_old_address_is_taken_by_no_other_row(make):
    row = make()
    old = renamed(row)
    other = make()
    for slug in (old, old.upper(), old.title()):
        other.slug = slug
        with pytest.raises(ValidationError, match="old address"):
            other.full_clean()
    name = other.slug_source
    assert make(**{name: getattr(row, name) + " "}).slug == f"{old}-2"
    row.slug = old
    row.full_clean()


@pytest.mark.django_db
def test_an_old_address_of_an_article_is_taken_by_no_other_of_its_guide():
    article = factories.ArticleFactory(slug="pay")
    old = renamed(article)
    for other in (factories.ArticleFactory.build(role=article.role, slug=old), factories.ArticleFactory(slug=old)):
        other.role = article.role
        with pytest.raises(ValidationError, match="old address"):
            other.full_clean()
    factories.ArticleFactory(slug=old).full_clean()


@pytest.mark.django_db
def test_the_old_address_of_a_row_that_is_gone_is_free():
    role = factories.RoleFactory()
    old = renamed(role)
    role.delete()
    factories.RoleFactory(slug=old).full_clean()


@pytest.mark.django_db
def test_a_row_that_has_the_slug_already_is_still_saved():
    """Of rows from before old addresses were kept free."""
    role, other = factories.RoleFactory(), factories.RoleFactory()
    Role.objects.filter(pk=other.pk).update(slug=renamed(role))
    Role.objects.get(pk=other.pk).full_clean()


@pytest.mark.django_db
def test_a_draft_does_not_end_the_old_address_of_a_published_guide(client):
    role = factories.RoleFactory(title="Lamp Keeper")
    old = renamed(role)
    factories.RoleFactory(title="Lamp-Keeper", draft=True)
    assert client.get(f"/roles/{old}/").url == role.get_absolute_url()


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_a_contributor_is_told_that_an_address_is_kept(as_group):
    old = renamed(factories.RoleFactory())
    draft = factories.RoleFactory(draft=True)
    address = f"/admin/roles/role/{draft.pk}/change/"
    assert "an old address of another page" in errors_of(answered(as_group("contributor"), address, slug=old))
