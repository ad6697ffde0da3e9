from argparse import ArgumentTypeError
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from careers.guide_import.pipeline import import_article, preview_import, read_article
from careers.guide_import.readers.decoding import MAX_BYTES
from careers.guide_import.report import build_report
from careers.guide_import.target import ArticleDetails
from careers.guide_import.text.blocks import ArticleError


def year(text: str) -> str:
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise ArgumentTypeError(f"{text} is not a year; enter 4 digits, for example 2026")
    return text


class Command(BaseCommand):
    help = (
        "Turn an article about a role (.md, .txt, .html, .docx) into a draft guide, or add it to an existing draft. "
        "Without --commit it only shows the outcome. Published guides never change. docs/articles.md says what we recognise."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--role", required=True, metavar="TITLE", help="Title of the guide.")
        parser.add_argument("--publisher", default="", metavar="NAME", help="Who published the article.")
        parser.add_argument("--title", default="", help="Title to use instead of the article's own.")
        parser.add_argument("--year", type=year, help="Year or edition of the article.")
        parser.add_argument("--address", default="", metavar="URL", help="Where it was published.")
        parser.add_argument(
            "--commit", action="store_true", help="Write to the database. Without it, you only get the report."
        )

    def handle(self, *, file, role, commit, **options):
        details = ArticleDetails(
            role, options["publisher"], options["title"], options["year"] or "", options["address"]
        )
        run = import_article if commit else preview_import
        try:
            result = run(read_article(read_bytes(file), file.name), details, name=file.stem)
        except (ArticleError, OSError) as error:
            raise CommandError(f"Not imported. {error}") from error
        except ValidationError as error:
            raise CommandError(f"Not imported. {' '.join(error.messages)}") from error
        self.stdout.write(str(build_report(result)))
        if not commit:
            self.stdout.write("Nothing was written. Add --commit to write it.")


def read_bytes(file: Path) -> bytes:
    """At most one byte more than an article may have, so that a larger file is noticed."""
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)
