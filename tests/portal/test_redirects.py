"""An old address leads to the new one and keeps the query string: choices of the reader, campaigns of who sent them."""

import pytest

from tests.cases import each
from tests.factories import (
    ArticleFactory,
    EmployerFactory,
    PostingFactory,
    PostingPlaceFactory,
    ResourceFactory,
    RoleFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
QUERY = "page=2&utm_source=a%26b&q=x&q=y"


def moved(row):
    before = row.get_absolute_url()
    row.slug = "neu"
    row.save()
    return before, row.get_absolute_url()


def relisted(row):
    newer = ResourceFactory(name="Newer")
    row.state, row.replaced_by = "archived", newer
    row.save()
    return row.get_absolute_url(), newer.get_absolute_url()


def misspelt_job():
    posting = PostingFactory()
    return f"/jobs/{posting.pk}-wrong/", posting.get_absolute_url()


def part_of_moved_guide():
    old, new = moved(RoleFactory())
    return f"{old}template/", f"{new}template/"


def employer_with_jobs():
    employer = EmployerFactory()
    PostingFactory(employer=employer)
    return employer


MOVES = {
    "guide": lambda: moved(RoleFactory()),
    "part of a guide": part_of_moved_guide,
    "article": lambda: moved(ArticleFactory()),
    "employer": lambda: moved(employer_with_jobs()),
    "resource": lambda: moved(ResourceFactory()),
    "replaced resource": lambda: relisted(ResourceFactory()),
    "job": misspelt_job,
    "occupation": lambda: ("/occupations/15–2051.00/", "/occupations/15-2051.00/"),
}


@each("name", MOVES)
def test_an_old_address_keeps_the_query_string(client, name):
    old, new = MOVES[name]()
    assert client.get(old)["Location"].partition("?")[0] == new
    assert client.get(f"{old}?{QUERY}")["Location"] == f"{new}?{QUERY}"


def test_a_landing_page_with_too_few_jobs_leads_to_the_list_with_its_own_choice(client):
    role = RoleFactory(title="Baker")
    PostingPlaceFactory(posting__role=role)
    response = client.get("/jobs/baker-in-germany/?utm_source=mail&country=FR")
    assert (response.status_code, response["Location"]) == (302, "/jobs/?utm_source=mail&country=DE&role=baker")
