from django.core.management.base import BaseCommand

from careers.postings.checks.sweep import check_all


class Command(BaseCommand):
    help = (
        "Run the checks over every posting that can still change or is open, and keep what they say for the lists. "
        "Run it daily: closing days pass, laws come into force, templates move on."
    )

    def handle(self, **options):
        sweep = check_all(progress=True)
        self.stdout.write(str(sweep))
