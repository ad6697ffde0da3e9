from pathlib import Path

from careers.occupations.importing.bls.projections import deliveries
from careers.occupations.importing.command import ImportCommand


class Command(ImportCommand):
    help = (
        "Import the outlook of occupations from Table 1.2 of the Employment Projections (occupation.xlsx): growth, "
        "openings a year and employment. Dry unless told to --commit."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="The xlsx file, with all its sheets or this one.")
        super().add_arguments(parser)

    def deliveries(self, options):
        return deliveries(options["file"])
