from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from careers.occupations.importing.bls.projections import release_imports
from careers.occupations.importing.command import ImportCommand, ReleaseImport


class Command(ImportCommand):
    help = (
        "Import the outlook for occupations from Table 1.2 of the Employment Projections (occupation.xlsx): growth, "
        "yearly openings and employment. Without --commit it only shows what would change."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="The xlsx file, with all its sheets or only this one."
        )
        super().add_arguments(parser)

    def release_imports(self, options: dict[str, Any]) -> Iterable[ReleaseImport]:
        return release_imports(options["file"])
