"""Uploaded files: storing them without leftovers, and serving them."""

import os
from contextlib import suppress

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve


class MediaStorage(FileSystemStorage):
    """Removes the part of a file that was written before the disk was full."""

    def _save(self, name, content):
        try:
            return super()._save(name, content)
        except OSError:
            with suppress(OSError):
                os.remove(self.path(name))
            raise


def media_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """404 also for names that the file system refuses: too long, or with a null byte."""
    try:
        return serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except (OSError, ValueError) as error:
        raise Http404("No such file.") from error
