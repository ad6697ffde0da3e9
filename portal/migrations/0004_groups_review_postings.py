from django.db import migrations

from portal.groups import ensure_groups


def reset_groups(apps, schema_editor):
    ensure_groups()


class Migration(migrations.Migration):
    """Let editors keep canned replies, and contributors hand in changes of what is published."""

    dependencies = [("portal", "0003_groups_declare_blanks"), ("postings", "0007_review")]

    operations = [migrations.RunPython(reset_groups, migrations.RunPython.noop)]
