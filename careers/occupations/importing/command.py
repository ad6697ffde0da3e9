"""What import_onet, import_oews and import_projections have in common: options, refusals, and the way in."""

import sqlite3
from argparse import ArgumentTypeError
from collections.abc import Callable
from dataclasses import dataclass

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, transaction

from careers.files.content_files import FileError

from . import lock, writer
from .progress import Progress
from .releases import Edition
from .report import RefusedError, Report
from .staging import Staging

INTERRUPTED = 130
MANY_WITHDRAWN = 100
SHARE_WITHDRAWN = 0.2
NOTHING = "Nothing of the release in hand was written."


@dataclass(frozen=True)
class Delivery:
    """One release as it arrives: which it is, and what puts its rows into a staging area."""

    edition: Edition
    stage: Callable[[Staging], None]


class ImportCommand(BaseCommand):
    """Dry by default. A subclass says with `deliveries(options)` what there is to import; each is written as a whole."""

    def add_arguments(self, parser):
        parser.add_argument("--commit", action="store_true", help="Write. Without it the report is all that happens.")
        parser.add_argument(
            "--allow-downgrade", action="store_true", help="Import a release older than the current one."
        )
        parser.add_argument(
            "--allow-withdrawals", action="store_true", help="Withdraw more than a fifth of a table's rows."
        )
        parser.add_argument(
            "--keep", choices=["first", "last"], default="", help="Which of rows that contradict each other."
        )
        parser.add_argument(
            "--max-unknown",
            type=percentage,
            default=50,
            metavar="PERCENT",
            help="Fail when more rows of a table than this name occupations that are not listed (50).",
        )
        parser.add_argument("--take-over", action="store_true", help="Import though another import seems to run.")

    def deliveries(self, options):
        raise NotImplementedError

    def handle(self, **options):
        try:
            for delivery in self.deliveries(options):
                self.deliver(delivery, options)
        except (FileError, RefusedError) as error:
            raise CommandError(f"Not imported. {error}") from error
        except OperationalError as error:
            raise CommandError(f"The database gave up ({error}). {NOTHING}") from error
        except sqlite3.Error as error:
            raise CommandError(f"The scratch file in TMPDIR failed ({error}). {NOTHING}") from error
        except KeyboardInterrupt:
            raise CommandError(f"Interrupted. {NOTHING}", returncode=INTERRUPTED) from None

    def deliver(self, delivery, options):
        if not options["commit"]:
            self.bring_in(delivery, options)
            return
        name = self.__module__.rpartition(".")[2]
        with lock.running(f"{name}: {delivery.edition}", take_over=options["take_over"]) as run:
            self.bring_in(delivery, options, run)

    def bring_in(self, delivery, options, run=None):
        """Stage, compare, report; write with a run."""
        edition = delivery.edition
        edition.check_order(allow_downgrade=options["allow_downgrade"])
        report = Report(str(edition))
        with Staging(report, options["keep"], Progress(self.stderr)) as staging:
            delivery.stage(staging)
            release = edition.release()
            report.is_new = edition.is_newer(release)
            staging.compare(release)
            faults = list(faults_of(report, options))
            if run and not faults:
                write(edition, staging, run)
        self.stdout.write(report.text(faults))
        if faults:
            raise RefusedError(" ".join(faults))


def percentage(text):
    if not (text.isdecimal() and int(text) <= 100):
        raise ArgumentTypeError(f"{text} is no number from 0 to 100")
    return int(text)


def write(edition, staging, run):
    with transaction.atomic():
        release = edition.enter()
        for staged in staging.parts:
            writer.write(staged, release)
        staging.report.is_written = True
        lock.finish(run, staging.report.text())


def faults_of(report, options):
    """Why the release must not be written, in sentences."""
    for part in report.parts:
        if part.conflicting and not part.kept:
            yield f"{part.name}: rows contradict each other; choose with --keep first or --keep last."
        if part.unknown * 100 > options["max_unknown"] * (part.rows + part.unknown):
            share = 100 * part.unknown / (part.rows + part.unknown)
            yield f"{part.name}: {share:.0f} % of the rows name occupations that are not listed (--max-unknown)."
        current = part.withdrawn + part.changed + part.unchanged
        if part.withdrawn > max(MANY_WITHDRAWN, SHARE_WITHDRAWN * current) and not options["allow_withdrawals"]:
            yield (
                f"{part.name}: {part.withdrawn:,} of {current:,} rows would be withdrawn; if the file is whole, "
                "add --allow-withdrawals."
            )
