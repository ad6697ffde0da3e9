from argparse import ArgumentParser
from collections.abc import Iterable
from functools import partial
from typing import Any

from careers.occupations.importing.command import ImportCommand, ReleaseImport
from careers.occupations.importing.onet import OnetFolder, stage


class Command(ImportCommand):
    help = (
        "Import a release of the O*NET database from the folder with its tables. Without --commit it only shows what "
        "would change."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", help="The folder, such as db_29_3_text.")
        parser.add_argument(
            "--release",
            default="",
            help="The release number, for example 29.3, if it is not in the Read Me file or the folder name.",
        )
        super().add_arguments(parser)

    def release_imports(self, options: dict[str, Any]) -> Iterable[ReleaseImport]:
        folder = OnetFolder(options["folder"], options["release"])
        yield ReleaseImport(folder.incoming_release(), partial(stage, folder.files))
