from django.db import migrations

from portal.groups import ensure_groups


def reset_groups(apps, schema_editor):
    ensure_groups()


class Migration(migrations.Migration):
    """Let those who write templates declare their blanks, and everybody see them."""

    dependencies = [("portal", "0002_groups_see_occupations"), ("postings", "0003_templates_with_memory")]

    operations = [migrations.RunPython(reset_groups, migrations.RunPython.noop)]
