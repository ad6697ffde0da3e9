from argparse import ArgumentTypeError
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from careers.files.content_files import Report
from careers.files.errors import FileError
from careers.pages.starter import load_pages
from careers.postings.starter import load_jobs
from careers.resources.starter import load_directory
from careers.roles.models import Role
from careers.roles.starter import load_guides


def existing_folder(text):
    if not (folder := Path(text)).is_dir():
        raise ArgumentTypeError(f"{text} is not a folder")
    return folder


class Command(BaseCommand):
    help = "Load the starter content. Creates what is missing and does not change what exists."

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="folder", type=existing_folder, default=settings.BASE_DIR / "starter")
        parser.add_argument("--if-empty", action="store_true", help="Do nothing if there is already a guide.")

    def handle(self, *, folder, if_empty, **options):
        if if_empty and Role.objects.exists():
            return
        report = Report()
        try:
            with transaction.atomic():
                load_guides(folder, report)
                load_directory(folder, report)
                load_jobs(folder, report)
                load_pages(folder, report)
        except (CommandError, FileError, ValidationError, FileNotFoundError) as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        for name in sorted({*report.created, *report.kept}):
            self.stdout.write(f"{name}: {report.created[name]} created, {report.kept[name]} kept as they are")
