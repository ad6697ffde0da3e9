from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from careers.occupations.importing.bls.oews import release_imports
from careers.occupations.importing.command import ImportCommand, ReleaseImport


class Command(ImportCommand):
    help = (
        "Import national wages by occupation from OEWS files such as national_M2025_dl.xlsx, the oldest year first, each "
        "in its own transaction. Without --commit it only shows what would change. All years are kept, and readers see "
        "the newest first. A new year that is older than the newest one imported needs --allow-downgrade, unless you "
        "import a newer file with it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", type=Path, metavar="FILE", help="One xlsx file for each year, in any order."
        )
        super().add_arguments(parser)

    def release_imports(self, options: dict[str, Any]) -> Iterable[ReleaseImport]:
        return release_imports(options["files"])
