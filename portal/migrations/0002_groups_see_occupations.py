from django.db import migrations

from portal.groups import ensure_groups


def reset_groups(apps, schema_editor):
    ensure_groups()


class Migration(migrations.Migration):
    """Let the groups see imported occupations and write the links of guides to them."""

    dependencies = [("portal", "0001_groups"), ("roles", "0002_evidence")]

    operations = [migrations.RunPython(reset_groups, migrations.RunPython.noop)]
