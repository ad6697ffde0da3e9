from django.db import migrations

from portal.groups import GROUPS, ensure_groups


def create_groups(apps, schema_editor):
    ensure_groups()


def delete_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    """Create the groups contributor, editor and administrator."""

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("axes", "0001_initial"),
        ("roles", "0001_initial"),
        ("postings", "0001_initial"),
        ("resources", "0001_initial"),
    ]

    operations = [migrations.RunPython(create_groups, delete_groups)]
