from django.core.management.base import BaseCommand
from django.db import transaction

from portal.groups import GROUPS, ensure_groups


class Command(BaseCommand):
    help = "Give the three groups this version's permissions. Other groups and all members stay as they are."

    @transaction.atomic
    def handle(self, **options):
        ensure_groups()
        for name, permissions in GROUPS.items():
            self.stdout.write(f"{name}: {len(permissions)} permissions")
