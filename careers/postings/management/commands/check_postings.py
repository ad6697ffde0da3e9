from django.core.management.base import BaseCommand

from careers.postings.checks.sweep import check_all


class Command(BaseCommand):
    help = (
        "Run the checks on every posting that is open or can still change, and save the results for the lists. "
        "Run it daily: closing days pass, laws come into force, templates change."
    )

    def handle(self, **options):
        sweep = check_all(progress=True)
        self.stdout.write(str(sweep))
