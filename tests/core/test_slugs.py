import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from hypothesis import given
from hypothesis import strategies as st

from careers.core.slugs import MAX_LENGTH, SlugConverter, make_slug, validate_title
from careers.roles.models import Role
from tests.factories import RoleFactory

pytestmark = pytest.mark.postgres


@given(st.text(max_size=300))
def test_any_text_gives_a_slug_that_fits_an_address(text):
    slug = make_slug(text, "role")
    assert 0 < len(slug) <= MAX_LENGTH
    validate_unicode_slug(slug)
    assert make_slug(slug, "role") == slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Machine Learning Engineer", "machine-learning-engineer"),
        ("مهندس تعلم الآلة", "مهندس-تعلم-الآلة"),
        ("机器学习工程师", "机器学习工程师"),
        ("Développeuse", "développeuse"),
        ("🚀", "role"),
    ],
)
def test_slugs_keep_the_script_of_the_title(title, slug):
    assert make_slug(title, "role") == slug


def test_decomposed_and_composed_addresses_are_one():
    assert SlugConverter().to_python(unicodedata.normalize("NFD", "développeuse")) == "développeuse"


@pytest.mark.django_db
def test_equal_titles_get_addresses_of_their_own():
    slugs = [RoleFactory(title=title).slug for title in ("Data Scientist", "data scientist", "Data  Scientist!")]
    assert slugs == ["data-scientist", "data-scientist-2", "data-scientist-3"]


@pytest.mark.django_db
def test_a_reserved_word_is_not_taken_as_a_slug():
    assert RoleFactory(title="Compare").slug == "compare-2"


@pytest.mark.django_db
def test_a_slug_stays_when_the_title_changes():
    role = RoleFactory(title="Data Scientist")
    role.title = "Data Wizard"
    role.save()
    assert Role.objects.get().slug == "data-scientist"


@pytest.mark.parametrize("title", ["", "   ", "!!!", "🚀🚀", "—"])
def test_a_title_without_letters_is_refused(title):
    with pytest.raises(ValidationError, match="letter or digit"):
        validate_title(title)


@pytest.mark.parametrize("title", ["C", "机", "مهندس", "3D artist 🚀"])
def test_a_title_in_any_script_is_accepted(title):
    validate_title(title)


@pytest.mark.parametrize("title", ["Bell\a ringer", "Data \u202etsitneics", "Tab\tled", "A\u2066b"])
def test_a_title_with_invisible_marks_is_refused(title):
    with pytest.raises(ValidationError, match="invisible"):
        validate_title(title)


def test_the_joiners_that_scripts_need_are_kept():
    validate_title("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")
