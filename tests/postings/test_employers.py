import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError

from careers.postings.models import Employer
from tests.cases import each
from tests.factories import EmployerFactory, PostingFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_a_name_that_differs_in_case_alone_is_refused():
    EmployerFactory(name="Bean & Ladle")
    with pytest.raises(ValidationError, match="employer with this name already"):
        Employer(name="bean & ladle").full_clean()


def test_names_that_differ_by_an_accent_have_pages_of_their_own():
    plain, accented = EmployerFactory(name="Cafe Nord"), EmployerFactory(name="Café Nord")
    assert plain.get_absolute_url() != accented.get_absolute_url()


@each(("trait", "status"), [("draft", 404), ("scheduled", 404), (None, 200), ("closed", 200), ("withdrawn", 200)])
def test_readers_see_an_employer_once_they_have_seen_a_posting_of_it(client, trait, status):
    employer = PostingFactory(**({trait: True} if trait else {}), employer__name="Quiet Ltd").employer
    answer = client.get(employer.get_absolute_url())
    assert (answer.status_code, "Quiet" in answer.text) == (status, status == 200)


@each(
    ("trait", "is_told"),
    [("draft", False), ("in_review", False), ("scheduled", False), (None, True), ("withdrawn", True)],
)
def test_the_list_of_jobs_tells_the_name_of_an_employer_once_readers_have_seen_it(client, trait, is_told):
    employer = PostingFactory(**({trait: True} if trait else {}), employer__name="Quiet Ltd").employer
    for address in (f"/jobs/?employer={employer.slug}", f"/jobs/feed.atom?employer={employer.slug}"):
        assert ("Quiet Ltd" in client.get(address).text) == is_told, address


def test_an_old_address_does_not_tell_the_name_of_an_employer_nobody_has_seen(client):
    employer = EmployerFactory(slug="old-name")
    employer.slug = "new-name"
    employer.save()
    assert client.get("/jobs/employers/old-name/").status_code == 404


def test_staff_preview_an_employer_before_readers_see_it(as_group):
    answer = as_group("contributor").get(EmployerFactory().get_absolute_url())
    assert answer.status_code == 200
    assert "Preview." in answer.text
    assert '<meta name="robots" content="noindex">' in answer.text
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("group", "trait", "may"),
    [
        ("contributor", "draft", True),
        ("contributor", "in_review", True),
        ("contributor", None, False),
        ("contributor", "closed", False),
        ("editor", None, True),
    ],
)
def test_once_a_posting_is_published_those_who_publish_change_its_employer(rf, group, trait, may):
    employer = PostingFactory(**({trait: True} if trait else {})).employer
    request = rf.get("/")
    request.user = UserFactory(staff=True, groups=[group])
    assert admin.site.get_model_admin(Employer).has_change_permission(request, employer) is may
