import re

import django.db.models.functions.text
from django.db import migrations, models

BLANK = re.compile(r"\{[ \t]*([^\W\d_][\w \t-]{0,39})\}")
FILLED_IN = {"title", "employer", "place", "workplace", "pay", "closing_day", "employment_type", "experience"}
TEXTS = ("title", "description", "responsibilities", "requirements", "preferred", "benefits")


def name_of(word):
    return re.sub(r"[\s-]+", "_", word.strip()).lower()


def declare_blanks(apps, schema_editor):
    """What the texts use already is declared, so that they can be saved as they are."""
    Template = apps.get_model("postings", "PostingTemplate")
    Blank = apps.get_model("postings", "TemplateBlank")
    for template in Template.objects.iterator():
        words = [match[1] for field in TEXTS for match in BLANK.finditer(getattr(template, field))]
        names = [name for name in dict.fromkeys(map(name_of, words)) if name not in FILLED_IN]
        Blank.objects.bulk_create(
            Blank(template=template, position=position, name=name) for position, name in enumerate(names)
        )


def keep_titles(apps, schema_editor):
    """The newest version has the title of today. What older ones had was not kept."""
    Template = apps.get_model("postings", "PostingTemplate")
    Version = apps.get_model("postings", "TemplateVersion")
    for pk, title, version in Template.objects.values_list("pk", "title", "version"):
        Version.objects.filter(template_id=pk, number=version).update(title=title)


def part_equal_names(apps, schema_editor):
    """A name is there once for an employer, and once in the house, whatever its case: later ones get a number."""
    Template = apps.get_model("postings", "PostingTemplate")
    taken = set()
    for template in Template.objects.order_by("pk"):
        name, number = template.name, 2
        while (template.employer_id, name.lower()) in taken:
            name, number = f"{template.name[:114]} {number}", number + 1
        taken.add((template.employer_id, name.lower()))
        if name != template.name:
            Template.objects.filter(pk=template.pk).update(name=name)


class Migration(migrations.Migration):
    dependencies = [("postings", "0003_templates_with_memory")]

    operations = [
        migrations.RunPython(declare_blanks, migrations.RunPython.noop),
        migrations.RunPython(keep_titles, migrations.RunPython.noop),
        migrations.RunPython(part_equal_names, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='postingtemplate',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), models.F('employer'), condition=models.Q(('employer__isnull', False)), name='postingtemplate_name_once_at_employer', violation_error_message='This employer has a template of this name already.'),
        ),
        migrations.AddConstraint(
            model_name='postingtemplate',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), condition=models.Q(('employer__isnull', True)), name='postingtemplate_name_once_in_house', violation_error_message='There is a house template of this name already.'),
        ),
    ]
