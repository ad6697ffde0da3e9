"""Services applied to the rows chosen in a list."""

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

logger = logging.getLogger(__name__)


class BulkActionMixin:
    def apply_to_rows(self, request, rows, service, done="changed"):
        """Call service(row) for each row in a transaction of its own; show how many succeeded and why others failed.

        `done` completes "3 postings ..." and "Not ...".

        The service raises ValidationError or PermissionDenied to refuse. Returns the changed rows. The messages are logged as
        well, since the history of a row does not show refusals.
        """
        changed, failures = [], []
        for row in rows:
            try:
                with transaction.atomic():
                    service(row)
            except ValidationError as error:
                failures.append(f"{self.row_label(row)}: {' '.join(error.messages)}")
            except PermissionDenied as error:
                failures.append(f"{self.row_label(row)}: {error or 'You do not have permission to do this.'}")
            else:
                changed.append(row)
        lines = [(messages.SUCCESS, f"{self._counted(len(changed))} {done}.")] if changed else []
        lines += [(messages.ERROR, f"Not {done}: {failure}") for failure in failures]
        for level, line in lines:
            self.message_user(request, line, level)
            logger.info("%s, asked by %s", line, request.user.get_username())
        return changed

    def row_label(self, row):
        """Overridden where str(row) is not unique enough to tell rows apart."""
        return str(row)

    def _counted(self, number):
        opts = self.model._meta
        return f"{number:,} {opts.verbose_name if number == 1 else opts.verbose_name_plural}"
