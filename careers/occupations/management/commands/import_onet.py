from functools import partial

from careers.occupations.importing.command import Delivery, ImportCommand
from careers.occupations.importing.onet import OnetFolder, stage


class Command(ImportCommand):
    help = "Import a release of the O*NET database from the folder with its tables. Dry unless told to --commit."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", help="The folder, such as db_29_3_text.")
        parser.add_argument("--release", default="", help="Which release it is, where neither Read Me nor name say so.")
        super().add_arguments(parser)

    def deliveries(self, options):
        folder = OnetFolder(options["folder"], options["release"])
        yield Delivery(folder.edition(), partial(stage, folder.files))
