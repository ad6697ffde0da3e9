"""The pages for what goes wrong on our side, drawn without the database."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from careers.core.disk_space import is_disk_full

RETRY_SECONDS = 10


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where trying again may help: the database is locked, away or full, or the disk is full. Otherwise 500."""
    if is_temporary(sys.exc_info()[1]):
        headers = {"Retry-After": str(RETRY_SECONDS)}
        return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
    return HttpResponse(render_to_string("500.html"), status=500)


def is_temporary(error: BaseException | None) -> bool:
    """SQLite reports faults in a statement, which stay, with the same class as a locked file."""
    if isinstance(error, OperationalError | InterfaceError):
        return getattr(error.__cause__, "sqlite_errorname", "") != "SQLITE_ERROR"
    return is_disk_full(error)
