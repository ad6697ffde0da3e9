import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careers.postings.models import Employer, Posting, PostingTemplate
from careers.resources.models import Resource
from careers.roles.models import Item, OutlookClaim, PayClaim, Role, Section, Source

pytestmark = pytest.mark.django_db
STARTER = Path(__file__).resolve().parents[2] / "starter"
COUNTED = (Role, Section, Item, PayClaim, OutlookClaim, Source, PostingTemplate, Employer, Posting, Resource)


def counts():
    return {model.__name__: (model.objects.count(), model.objects.order_by("pk").last().pk) for model in COUNTED}


def loaded_twice():
    call_command("load_starter", verbosity=0)
    return counts()


def test_loading_twice_changes_nothing(capsys):
    before = loaded_twice()
    stamps = list(Role.objects.values_list("slug", "updated_at"))
    capsys.readouterr()
    call_command("load_starter")
    assert counts() == before
    assert list(Role.objects.values_list("slug", "updated_at")) == stamps
    assert all(" 0 created" in line for line in capsys.readouterr().out.splitlines())


def test_a_fresh_board_holds_what_it_promises():
    call_command("load_starter", verbosity=0)
    assert Role.objects.published().count() >= 12
    assert Resource.objects.published().count() >= 50
    assert Posting.objects.count() >= 40
    assert Posting.objects.live().count() >= 30
    assert not Posting.objects.filter(role__isnull=True).exists()
    assert not Posting.objects.filter(template__isnull=True).exists()
    assert not Posting.objects.live().filter(description__contains="{").exists()
    assert all(template.versions.count() == 1 for template in PostingTemplate.objects.all())


def test_the_machine_learning_guide_holds_every_figure_of_its_articles():
    """Each quoted figure is a row, with its source or plainly without one."""
    call_command("load_starter", verbosity=0)
    role = Role.objects.get(slug="machine-learning-engineer")
    unsourced = role.pay_claims.unsourced()
    by_country = unsourced.filter(low__isnull=False, mean__isnull=False)
    assert {(claim.country, claim.currency, int(claim.mean)) for claim in by_country} == {
        ("US", "USD", 120_000), ("CA", "CAD", 95_000), ("GB", "GBP", 55_000), ("AU", "AUD", 120_000), ("DE", "EUR", 75_000),
        ("ES", "EUR", 40_000), ("FR", "EUR", 50_000), ("ZA", "ZAR", 450_000), ("NG", "NGN", 6_000_000), ("AE", "AED", 240_000),
    }  # fmt: skip
    assert unsourced.get(country="AE").subdivision == "AE-DU"
    misattributed = role.pay_claims.get(median=85_720, heading__contains="2024")
    assert "15-2031" in misattributed.population
    assert misattributed.reference_year == 2022
    assert role.pay_claims.filter(period="hour", median="41.21").exists()
    assert {float(claim.growth_percent) for claim in role.outlook_claims.all()} >= {
        17,
        15,
        23,
        33.5,
        19.7,
        15.8,
        8.2,
        21.5,
    }
    assert role.pay_claims.count() + role.outlook_claims.count() >= 21


def test_what_comes_from_the_task_statements_says_so():
    call_command("load_starter", verbosity=0)
    tasks = Item.objects.filter(kind=Item.Kind.TASK)
    assert tasks.exists()
    assert {task.source.release for task in tasks} == {"29.3"}


def test_an_editors_change_survives_a_second_load():
    call_command("load_starter", verbosity=0)
    Role.objects.filter(slug="data-scientist").update(summary="Ours.")
    call_command("load_starter", verbosity=0)
    assert Role.objects.get(slug="data-scientist").summary == "Ours."


def test_a_portal_with_guides_of_its_own_is_left_alone(django_assert_num_queries):
    Role.objects.create(title="Ours")
    call_command("load_starter", if_empty=True)
    assert Role.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("roles/data-scientist.md", "## Section: overview", "## Section: nonsense", "data-scientist.md"),
        ("skills.csv", "name,kind", "name,sort", "skills.csv: no column kind"),
        ("employers.csv", "slug,", "sluq,", "employers.csv: no column slug"),
    ],
)
def test_a_broken_file_is_named_and_nothing_is_loaded(tmp_path, file, old, new, says):
    folder = tmp_path / "starter"
    shutil.copytree(STARTER, folder)
    path = folder / file
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(CommandError, match="Nothing was loaded") as error:
        call_command("load_starter", folder=folder)
    assert says in str(error.value)
    assert Role.objects.count() == 0
    assert Source.objects.count() == 0
