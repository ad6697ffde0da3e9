"""Files are taken only where a form has a field for one, and from staff. Judged by the head of a request, before its body is
read: Django reads it for the CSRF check, and writes larger files to the disk.

The server asks about a larger body before it reads it (BODY_FOLLOWS), and again with it if the answer was 100.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from careers.guide_import.readers.decoding import MAX_BYTES as ARTICLE_BYTES
from careers.postings.admin.templates.build_many import LARGEST as TABLE_BYTES
from careers.postings.models.employer import LOGO_BYTES
from portal.rsgi import BODY_FOLLOWS, SMALL_BODY, content_length

VISITOR_BYTES = SMALL_BODY  # the forms for visitors, and the login, are small

# The largest file, by the name of the page whose form takes one.
LARGEST_FILES = {
    "admin:postings_employer_add": LOGO_BYTES,
    "admin:postings_employer_change": LOGO_BYTES,
    "admin:postings_postingtemplate_build_many": TABLE_BYTES,
    "admin:roles_role_import_article": ARTICLE_BYTES,
}


class UploadGuard:
    """Stands before CsrfViewMiddleware and behind AuthenticationMiddleware, whose user it asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        length, is_multipart = content_length(request.META), request.content_type == "multipart/form-data"
        if request.method != "POST" or (length <= VISITOR_BYTES and not is_multipart):  # Django reads no other body
            return None
        is_staff = request.user.is_staff
        name = request.resolver_match.view_name if request.resolver_match else ""
        largest_file = LARGEST_FILES.get(name, 0) if is_staff and is_multipart else 0
        if length > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + largest_file if is_staff else VISITOR_BYTES):
            return HttpResponse(render_to_string("413.html"), status=413)
        if BODY_FOLLOWS in request.META:
            return HttpResponse(status=100)
        if not largest_file:
            request.upload_handlers = [RefusedFile(request)]
        return None


class RefusedFile(FileUploadHandler):
    """Lets the fields of a multipart form through, and ends at the first file."""

    def new_file(self, *args, **kwargs):
        raise BadRequest("You cannot upload a file with this form.")

    def receive_data_chunk(self, raw_data, start):
        return None

    def file_complete(self, file_size):
        return None
