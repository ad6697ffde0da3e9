from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from careers.occupations.importing.bls.oews import release_imports
from careers.occupations.importing.command import ImportCommand, ReleaseImport


class Command(ImportCommand):
    help = (
        "Import national wages by occupation from files of OEWS such as national_M2025_dl.xlsx, the oldest year first, "
        "each in a transaction of its own. Dry unless told to --commit. Years stand beside each other and the newest "
        "stays the one readers see first, so a year older than the newest imported is let in when it is imported "
        "already or comes together with one as new; alone it needs --allow-downgrade."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="One xlsx file a year, in any order.")
        super().add_arguments(parser)

    def release_imports(self, options: dict[str, Any]) -> Iterable[ReleaseImport]:
        return release_imports(options["files"])
