from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from careers.postings.checks.sweep import check_all
from careers.postings.notifications.contact_requests import ask_contacts
from careers.postings.notifications.digest import closed_yesterday, send_digests


class Command(BaseCommand):
    help = (
        "Ask the contacts of jobs that close soon, and send editors the daily digest. Run it once a day; a second run sends "
        "nothing again. Postings close on time even if it does not run. Exit status 1 means that we could not send an email."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Show who would get an email, without sending any.")

    def handle(self, *, dry_run, **options):
        at = timezone.now()
        self.stdout.write(f"Closed yesterday: {closed_yesterday(at).count()}")
        if not dry_run:
            self.stdout.write(check_all(at=at).summary)
        asked = self.print_report("Contacts asked", ask_contacts(at=at, dry_run=dry_run), dry_run)
        digests, without_address = send_digests(at=at, dry_run=dry_run)
        self.print_report("Digests", digests, dry_run)
        if without_address:
            self.stdout.write(f"Editors without an email address: {without_address}")
        if failed := len(asked.failed) + len(digests.failed):
            raise CommandError(f"Not sent: {failed}. The next run tries again.")

    def print_report(self, title, report, dry_run):
        for address in report.sent:
            self.stdout.write(f"  {'would go' if dry_run else 'sent'} to {address}")
        for failure in report.failed:
            self.stderr.write(f"  not sent to {failure}")
        already_sent = f", {report.already_sent} sent earlier" if report.already_sent else ""
        self.stdout.write(f"{title}: {len(report.sent)}{' (dry run)' if dry_run else ''}{already_sent}")
        return report
