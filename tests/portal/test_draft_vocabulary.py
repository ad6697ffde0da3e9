"""What a draft brings in, readers do not meet: sources, industries, skills, titles and steps."""

import pytest

from careers.roles.models import Industry, Role, Skill
from careers.roles.services import publish
from tests import factories
from tests.guide_import.promises import imported

pytestmark = pytest.mark.django_db

ARTICLE = """# Zeppelin Pilot

Zeppelin pilots fly airships.

## Skills

- Gasbagology is required

## Where do zeppelin pilots work?

- Airshipping
- Skyadvertising

## Pay

According to Dirigible Weekly, the average in Germany is €52,000 a year.

## Career path

- Head of Airships: runs the fleet
"""
# Words that only the draft brings in, each of another vocabulary.
WORDS = ["Gasbagology", "Airshipping", "Skyadvertising", "Dirigible", "Zeppelin", "Cloud Gazette", "Head of Airships"]
PAGES = [
    "/", "/roles/", "/roles/?industry=airshipping", "/jobs/", "/resources/", "/occupations/", "/sources/", "/sitemap.xml",
    "/sitemap-guides.xml", "/sitemap-articles.xml", "/roles/compare/", "/search/?q=gasbag", "/search/?q=airships",
    "/search/?q=airshiping", "/search/suggest/?q=gasb", "/search/suggest/?q=zepp", "/search/suggest/?q=airsh",
]  # fmt: skip


@pytest.fixture
def draft(own_index):
    """A draft from an article, beside a published guide, job and resource that have nothing of it."""
    factories.SkillFactory(name="Gasbagology")
    guide = factories.RoleFactory(title="Baker")
    guide.industries.add(factories.IndustryFactory(name="Bakeries"))
    factories.ItemFactory(role=guide, source=factories.SourceFactory(publisher="Crumb & Co"))
    factories.PostingFactory(role=guide, title="Baker wanted")
    factories.ResourceFactory(name="Baking course")
    imported(ARTICLE, "zeppelin.md", role="Zeppelin Pilot", publisher="Cloud Gazette")
    own_index.turn()
    return Role.objects.get(title="Zeppelin Pilot")


def words_met(client, own_index):
    """{page: words of the draft on it}"""
    found = {}
    for page in PAGES:
        answer = client.get(page, follow=True)
        own_index.turn()
        assert answer.status_code == 200, page
        text = answer.content.decode()
        if met := [word for word in WORDS if word.casefold() in text.casefold() and not is_typed(word, page)]:
            found[page] = met
    return found


def is_typed(word, page):
    """Whether the page only repeats what was asked for."""
    return word.casefold() in page.casefold()


def test_readers_meet_nothing_of_a_draft(client, own_index, draft):
    assert draft.role_skills.exists()
    assert draft.industries.count() == 2
    assert words_met(client, own_index) == {}


def test_readers_meet_nothing_of_a_deleted_draft(client, own_index, draft):
    draft.delete()
    own_index.turn()
    assert Industry.objects.filter(name="Airshipping").exists()
    assert words_met(client, own_index) == {}


def test_readers_meet_all_of_it_once_the_guide_is_published(client, own_index, draft):
    draft.summary = "Flies airships."
    draft.save()
    publish(draft, by=factories.UserFactory(superuser=True))
    own_index.turn()
    met = words_met(client, own_index)
    assert {"Dirigible", "Cloud Gazette"} <= set(met["/sources/"])
    assert "Airshipping" in met["/roles/"]
    assert "Gasbagology" in met["/search/suggest/?q=gasb"]
    assert "Zeppelin" in met["/sitemap-guides.xml"]
    assert Skill.objects.get(name="Gasbagology").role_skills.exists()
