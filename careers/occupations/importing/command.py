"""The base of import_onet, import_oews and import_projections: options, checks, and the order of the steps."""

import sqlite3
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, transaction

from careers.files.errors import FileError
from careers.occupations.models import ImportRun

from . import lock, writer
from .progress import Progress
from .releases import IncomingRelease
from .report import RefusedError, Report
from .staging import Staging

INTERRUPTED = 130
MANY_WITHDRAWN = 100
SHARE_WITHDRAWN = 0.2
NOTHING = "Nothing from this release was written."


@dataclass(frozen=True)
class ReleaseImport:
    """One release to import, and the function that reads its rows into a staging area."""

    release: IncomingRelease
    stage: Callable[[Staging], None]


class ImportCommand(BaseCommand):
    """Writes nothing without --commit. A subclass returns from `release_imports(options)` what to import.

    Each release is written in a transaction of its own, in the given order.
    """

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--commit", action="store_true", help="Write to the database. Without it, you only get the report."
        )
        parser.add_argument(
            "--allow-downgrade", action="store_true", help="Import a release older than the current one."
        )
        parser.add_argument(
            "--allow-withdrawals", action="store_true", help="Withdraw more than a fifth of a table's rows."
        )
        parser.add_argument(
            "--keep", choices=["first", "last"], default="", help="Which row to keep if rows contradict each other."
        )
        parser.add_argument(
            "--max-unknown",
            type=percentage,
            default=50,
            metavar="PERCENT",
            help="Stop if more than this percentage of a table's rows name unlisted occupations (default 50).",
        )
        parser.add_argument(
            "--take-over", action="store_true", help="Import even if another import seems to be running."
        )

    def release_imports(self, options: dict[str, Any]) -> Iterable[ReleaseImport]:
        raise NotImplementedError

    def handle(self, **options: Any) -> None:
        try:
            for release_import in self.release_imports(options):
                self.import_release(release_import, options)
        except (FileError, RefusedError) as error:
            raise CommandError(f"Not imported. {error}") from error
        except OperationalError as error:
            raise CommandError(f"The database reported an error ({error}). {NOTHING}") from error
        except sqlite3.Error as error:
            raise CommandError(f"The scratch file in TMPDIR failed ({error}). {NOTHING}") from error
        except KeyboardInterrupt:
            raise CommandError(f"Interrupted. {NOTHING}", returncode=INTERRUPTED) from None

    def import_release(self, release_import: ReleaseImport, options: dict[str, Any]) -> None:
        if not options["commit"]:
            self.compare_and_write(release_import, options)
            return
        name = self.__module__.rpartition(".")[2]
        with lock.import_run(f"{name}: {release_import.release}", take_over=options["take_over"]) as run:
            self.compare_and_write(release_import, options, run)

    def compare_and_write(
        self, release_import: ReleaseImport, options: dict[str, Any], run: ImportRun | None = None
    ) -> None:
        """Stages the rows, compares them with the database and prints the report. Writes only if there is a run.

        Raises RefusedError if the comparison found problems.
        """
        incoming = release_import.release
        incoming.check_order(allow_downgrade=options["allow_downgrade"])
        report = Report(str(incoming))
        with Staging(report, options["keep"], Progress(self.stderr)) as staging:
            release_import.stage(staging)
            release = incoming.find()
            report.changes_release = incoming.would_change(release)
            staging.compare(release)
            problems = list(find_problems(report, options))
            if run and not problems:
                write(incoming, staging, run)
        self.stdout.write(report.text(problems))
        if problems:
            raise RefusedError(" ".join(problems))


def percentage(text: str) -> int:
    if not (text.isdecimal() and int(text) <= 100):
        raise ArgumentTypeError(f"{text} is not a number from 0 to 100")
    return int(text)


def write(incoming: IncomingRelease, staging: Staging, run: ImportRun) -> None:
    with transaction.atomic():
        release = incoming.save()
        for staged in staging.tables:
            writer.write_table(staged, release)
        staging.report.is_written = True
        lock.finish_run(run, staging.report.text())


def find_problems(report: Report, options: dict[str, Any]) -> Iterator[str]:
    """Why the release must not be written, as sentences."""
    for table in report.tables:
        if table.conflicting and not table.kept:
            yield f"{table.name}: rows contradict each other; choose with --keep first or --keep last."
        if table.unknown * 100 > options["max_unknown"] * (table.rows + table.unknown):
            share = 100 * table.unknown / (table.rows + table.unknown)
            yield f"{table.name}: {share:.0f} % of the rows name occupations that are not listed (--max-unknown)."
        current = table.withdrawn + table.changed + table.unchanged
        if table.withdrawn > max(MANY_WITHDRAWN, SHARE_WITHDRAWN * current) and not options["allow_withdrawals"]:
            yield (
                f"{table.name}: {table.withdrawn:,} of {current:,} rows would be withdrawn. If the file is complete, "
                "add --allow-withdrawals."
            )
