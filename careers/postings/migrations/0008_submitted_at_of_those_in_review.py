from django.db import migrations
from django.db.models import F


def take_the_last_change(apps, schema_editor):
    waiting = apps.get_model("postings", "Posting").objects.filter(status="in_review", submitted_at=None)
    waiting.update(submitted_at=F("updated_at"))


class Migration(migrations.Migration):
    """What is in review already waits since it was last changed: nothing else is known of it."""

    dependencies = [("postings", "0007_review")]

    operations = [migrations.RunPython(take_the_last_change, migrations.RunPython.noop)]
