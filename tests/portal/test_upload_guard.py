"""Uploads are judged by the head of a request: nothing of one that is refused reaches the memory or the disk."""

import io
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from portal.rsgi import content_length
from portal.upload_guard import LARGEST_FILES
from tests.addresses import admin_addresses, admin_rows
from tests.cases import each
from tests.factories import EmployerFactory, PostingFactory, PostingTemplateFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
MEGABYTE = 2**20
BOUNDARY = "multipart/form-data; boundary=b"


class Unread(io.RawIOBase):
    """A body that must not be read."""

    def readable(self):
        return True

    def readinto(self, buffer):
        raise AssertionError("the body was read")


def announced(client, address, size, content_type=BOUNDARY):
    """The answer to a POST that says how large its body is, and whose body nobody may read."""
    head = {"CONTENT_LENGTH": str(size), "CONTENT_TYPE": content_type, "wsgi.input": Unread()}
    return client.generic("POST", address, **head)


@each(
    "address", ["/admin/login/", "/jobs/{posting}/save/", "/", "/admin/", "/admin/postings/posting/{posting}/change/"]
)
def test_a_large_body_is_refused_where_no_form_takes_a_file(admin, address):
    address = address.format(posting=PostingFactory().pk)
    for content_type in (BOUNDARY, "application/x-www-form-urlencoded"):
        response = announced(admin, address, 300 * MEGABYTE, content_type)
        assert response.status_code == 413, content_type
    assert "too large" in response.content.decode()


def upload_addresses():
    template, employer = PostingTemplateFactory(), EmployerFactory()
    return {
        "admin:postings_employer_add": "/admin/postings/employer/add/",
        "admin:postings_employer_change": f"/admin/postings/employer/{employer.pk}/change/",
        "admin:postings_postingtemplate_build_many": f"/admin/postings/postingtemplate/{template.pk}/build-many/",
        "admin:roles_role_import_article": "/admin/roles/role/import-article",
    }


def test_a_form_takes_files_up_to_its_own_limit(admin):
    addresses = upload_addresses()
    assert addresses.keys() == LARGEST_FILES.keys()
    for name, address in addresses.items():
        assert announced(admin, address, LARGEST_FILES[name] + 3 * MEGABYTE).status_code == 413, name
        assert announced(admin, address, 5 * MEGABYTE, "application/x-www-form-urlencoded").status_code == 413, name


@each("address", ["/admin/login/", "/jobs/{posting}/save/"])
def test_a_visitor_sends_little(client, address):
    """Each failed login is kept with what was sent."""
    address = address.format(posting=PostingFactory().pk)
    for content_type in (BOUNDARY, "application/x-www-form-urlencoded"):
        assert announced(client, address, MEGABYTE, content_type).status_code == 413
    assert client.post(address, {"username": "a", "password": "b" * 50_000}).status_code in (200, 204)


def test_a_visitor_uploads_nothing_to_the_forms_of_staff(client):
    for address in upload_addresses().values():
        assert announced(client, address, 4 * MEGABYTE).status_code == 413
        assert client.post(address, {"file": SimpleUploadedFile("a.txt", b"text")}).status_code in (302, 400)


@each("address", ["/admin/login/", "/admin/postings/posting/{posting}/change/"])
def test_a_small_file_is_refused_too_and_fields_are_not(admin, address):
    address = address.format(posting=PostingFactory().pk)
    assert admin.post(address, {"title": "Baker"}).status_code != 400
    assert admin.post(address, {"title": "Baker", "file": SimpleUploadedFile("a.txt", b"text")}).status_code == 400


def test_nothing_refused_is_written_to_the_disk(admin):
    with mock.patch.object(TemporaryFileUploadHandler, "new_file", side_effect=AssertionError):
        admin.post("/admin/postings/cannedreply/add/", {"file": SimpleUploadedFile("a.txt", b"x" * (2 * MEGABYTE))})


def test_the_pages_with_a_file_field_are_those_that_may_take_one(admin):
    rows, found = admin_rows(), set()
    for address, model, name in admin_addresses(rows):
        if model and name and b'type="file"' in admin.get(address).content:
            found.add(f"admin:{name}")
    assert found - {"admin:postings_employer_simple_history"} == LARGEST_FILES.keys()


@each(("text", "size"), [("12", 12), ("", 0), (None, 0), ("-1", 0), ("1e9", 0), ("٣", 0), ("9" * 30, 0)])
def test_a_length_that_is_no_number_is_none(text, size):
    """The server reads as much as it announced: nothing."""
    assert content_length({"CONTENT_LENGTH": text}) == size
