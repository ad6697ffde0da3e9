"""No client decides how a query string is read, which the page kept for its address would show to all."""

from django.test import RequestFactory

from portal.utf8_request import Utf8Request
from portal.wsgi import application
from tests.cases import each


@each("charset", ["utf-8", "utf-16", "latin-1", "cp037", "idna", "hex", "undefined", "nonsense"])
def test_a_charset_that_the_client_names_changes_no_word(charset):
    environ = RequestFactory().get("/jobs/?q=caf%C3%A9&page=%FF").environ
    request = Utf8Request(environ | {"CONTENT_TYPE": f"text/html; charset={charset}"})
    assert request.GET["q"] == "café"
    assert request.GET["page"] == "\ufffd"


def test_a_form_is_read_as_utf_8():
    request = RequestFactory().post("/", "q=caf%C3%A9", content_type="application/x-www-form-urlencoded")
    environ = request.environ | {"CONTENT_TYPE": "application/x-www-form-urlencoded; charset=latin-1"}
    assert Utf8Request(environ).POST["q"] == "café"


def test_the_server_makes_such_requests():
    assert application.request_class is Utf8Request
