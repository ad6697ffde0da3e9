"""What is answered when the database or the disk gives way, or an address is none."""

import errno
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.urls import get_resolver
from PIL import Image

from careers.postings.models import Employer
from portal.media_files import MediaStorage
from tests.addresses import public_addresses, public_rows
from tests.admin_pages import filled
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
FULL = OSError(errno.ENOSPC, "No space left on device")


def sqlite_error(name, text):
    error = OperationalError(text)
    error.__cause__ = sqlite3.OperationalError(text)
    error.__cause__.sqlite_errorname = name
    return error


@contextmanager
def failing(where, error):
    with mock.patch(where, side_effect=error):
        yield


@each(
    ("error", "status"),
    [
        (sqlite_error("SQLITE_BUSY", "database is locked"), 503),
        (sqlite_error("SQLITE_FULL", "database or disk is full"), 503),
        (sqlite_error("SQLITE_ERROR", "no such column: x"), 500),
        (OperationalError("connection refused"), 503),
        (InterfaceError("connection already closed"), 503),
        (FULL, 503),
        (OSError(errno.EACCES, "Permission denied"), 500),
        (ZeroDivisionError(), 500),
    ],
)
def test_what_may_pass_is_busy_and_what_stays_is_a_fault(client, error, status):
    client.raise_request_exception = False
    with failing("careers.postings.views.list.find_jobs", error):
        response = client.get("/jobs/")
    assert response.status_code == status
    assert response.get("Retry-After") == ("10" if status == 503 else None)
    assert ("try again" in response.content.decode()) == (status in (500, 503))


def test_a_database_that_is_locked_outside_the_views_is_busy_too(admin):
    """Middleware saves the session after the view."""
    admin.raise_request_exception = False
    error = sqlite_error("SQLITE_BUSY", "database is locked")
    with mock.patch.object(SessionStore, "load", side_effect=error):
        response = admin.get("/admin/")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "we did not save it" in response.content.decode()


# -- A full disk


def logo():
    from io import BytesIO

    content = BytesIO()
    Image.new("RGB", (40, 40)).save(content, "PNG")
    return SimpleUploadedFile("logo.png", content.getvalue())


def test_a_logo_on_a_full_disk_is_an_error_of_the_form(admin):
    given = filled(admin, "/admin/postings/employer/add/") | {"name": "Lumen", "logo": logo()}
    with mock.patch.object(FileSystemStorage, "_save", side_effect=FULL):
        response = admin.post("/admin/postings/employer/add/", given)
    assert response.status_code == 200
    assert "the disk is full" in response.content.decode()
    assert response.context["adminform"].form["name"].value() == "Lumen"
    assert not Employer.objects.exists()


def test_a_change_on_a_full_disk_leaves_the_employer_as_it_was(admin):
    employer = Employer.objects.create(name="Lumen")
    address = f"/admin/postings/employer/{employer.pk}/change/"
    given = filled(admin, address) | {"name": "Lumen Ltd", "logo": logo()}
    with mock.patch.object(FileSystemStorage, "_save", side_effect=OSError(errno.EDQUOT, "Disk quota exceeded")):
        assert "the disk is full" in admin.post(address, given).content.decode()
    assert Employer.objects.get().name == "Lumen"
    assert admin.post(address, given | {"logo": ""}).status_code == 302


def test_the_part_of_a_file_that_was_written_is_removed(tmp_path):
    class Torn(SimpleUploadedFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise FULL

    storage = MediaStorage(location=tmp_path)
    with pytest.raises(OSError, match="No space"):
        storage.save("logos/a.png", Torn("a.png", b"whole"))
    assert [path for path in Path(tmp_path).rglob("*") if path.is_file()] == []


# -- Addresses that are none


@each("name", ["a" * 5000, "é" * 200, "%00", "a%00b.png", "..", "%2e%2e", ".", "missing.png", "a\\b"])
def test_a_logo_that_cannot_be_is_missing(client, name):
    assert client.get(f"/media/logos/{name}").status_code == 404


def test_no_public_address_breaks_at_a_name_that_cannot_be(client, settings):
    settings.LANDING_MINIMUM = 1
    patterns = public_addresses(**public_rows())
    assert get_resolver().resolve("/")
    for pattern in patterns:
        for odd in ("a" * 5000, "%00", "%F0%9F%98%80", "1" * 40):
            address = "/" + "/".join(odd if "<" in part else part for part in pattern.split("/"))
            assert client.get(address).status_code < 500, address
            assert client.post(address).status_code < 500, address
