import re
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from careers.core.slugs import MAX_LENGTH, SlugConverter, make_slug, validate_slug, validate_title
from careers.roles.models import Role
from tests.admin_pages import asked
from tests.cases import each
from tests.factories import PageFactory, RoleFactory

pytestmark = pytest.mark.postgres


@given(st.text(max_size=300))
def test_any_text_gives_a_slug_that_fits_an_address(text):
    slug = make_slug(text, "role")
    assert 0 < len(slug) <= MAX_LENGTH
    validate_slug(slug)
    assert SlugConverter().to_python(slug) == slug
    assert make_slug(slug, "role") == slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Machine Learning Engineer", "machine-learning-engineer"),
        ("مهندس تعلم الآلة", "مهندس-تعلم-الآلة"),
        ("机器学习工程师", "机器学习工程师"),
        ("Développeuse", "développeuse"),
        ("हिन्दी भाषा विशेषज्ञ", "हिन्दी-भाषा-विशेषज्ञ"),
        ("วิศวกรข้อมูล ที่กรุงเทพ", "วิศวกรข้อมูล-ที่กรุงเทพ"),
        ("தரவுப் பொறியாளர்", "தரவுப்-பொறியாளர்"),
        ("İstanbul", "istanbul"),
        ("❤️ Nurse 1️⃣", "nurse-1"),
        ("🚀", "role"),
        ("\u0941", "role"),
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
@each(
    "typed, kept",
    [
        ("Data-Engineer", "data-engineer"),
        ("DÉVELOPPEUSE", "développeuse"),
        (unicodedata.normalize("NFD", "développeuse"), "développeuse"),
        ("İstanbul", "istanbul"),
    ],
)
def test_a_typed_slug_is_kept_in_lower_case(typed, kept):
    role = RoleFactory.build(slug=typed)
    role.full_clean()
    assert role.slug == kept
    assert RoleFactory(slug=typed).slug == kept == Role.objects.get().slug


@pytest.mark.django_db
def test_a_slug_in_other_case_is_no_other_slug():
    RoleFactory(slug="data-engineer")
    for make, taken in ((RoleFactory, "Data-Engineer"), (RoleFactory, "COMPARE"), (PageFactory, "Jobs")):
        with pytest.raises(ValidationError, match=r"already exists|address of another page"):
            make.build(slug=taken).full_clean()


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


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["डेटा इंजीनियर", "วิศวกรข้อมูล", "データ・エンジニア"])
def test_a_page_is_found_under_its_slug_in_any_script(client, admin, title):
    role = RoleFactory(title=title)
    role.full_clean()
    assert client.get(role.get_absolute_url()).status_code == 200
    form = asked(admin, reverse("admin:roles_role_change", args=[role.pk])).context["adminform"].form
    assert form.fields["slug"].clean(role.slug) == role.slug


@pytest.mark.parametrize("slug", ["a b", "a/b", "a.b", "a?b", "a\u200bb", "<b>"])
def test_what_is_no_slug_is_refused_and_no_address(slug):
    with pytest.raises(ValidationError, match="for example data-engineer"):
        validate_slug(slug)
    with pytest.raises(ValueError, match=re.escape(slug)):
        SlugConverter().to_python(slug)
