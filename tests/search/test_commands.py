"""reindex and search_status."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def said(command):
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def test_the_commands_show_every_kind():
    factories.RoleSkillFactory(role=factories.AlternateTitleFactory().role)
    factories.OccupationTitleFactory()
    factories.ResourceFactory()
    factories.PostingFactory.create_batch(2)
    assert said("reindex").startswith("8 documents")
    lines = {
        line.split()[-1]: line.split()[0] for line in said("search_status").splitlines() if "." in line.split()[-1]
    }
    kinds = {"roles.role": "1", "roles.skill": "1", "occupations.occupation": "1", "resources.resource": "1"}
    assert kinds.items() <= lines.items()
    assert lines["postings.posting"] == "2"


def test_the_status_says_that_there_is_no_index_yet():
    with pytest.raises(SystemExit):
        call_command("search_status", stdout=StringIO())
