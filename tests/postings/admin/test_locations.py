"""Places and countries of a live posting, judged together."""

import pytest
from django.urls import reverse

from careers.postings.models import Posting
from tests import factories
from tests.admin_pages import answered, complete, errors_of
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

REMOTE = {"workplace": "remote"}
NEW_COUNTRY = {"remote_countries-TOTAL_FORMS": "1", "remote_countries-0-country": "US"}
NEW_PLACE = {"places-TOTAL_FORMS": "1", "places-0-country": "US", "places-0-city": "Reno", "places-0-position": "0"}
NO_PLACE, NO_COUNTRY = {"places-0-DELETE": "on"}, {"remote_countries-0-DELETE": "on"}


@pytest.fixture
def editor(as_group):
    return as_group("editor")


@each(
    "before, given, is_saved",
    [
        ("remote, place, country", NO_PLACE | NO_COUNTRY, False),
        ("remote, place, country", NO_PLACE, True),
        ("remote, place, country", NO_COUNTRY, True),
        ("remote, place, country", NO_COUNTRY | {"workplace": "hybrid"} | NO_PLACE, False),
        ("remote, country", NO_COUNTRY, False),
        ("remote, country", NO_COUNTRY | NEW_PLACE, True),
        ("hybrid, place", REMOTE | NO_PLACE | NEW_COUNTRY, True),
        ("hybrid, place", REMOTE | NO_PLACE, False),
        ("hybrid, place", NO_PLACE | NEW_COUNTRY, False),
        ("remote, country, span", NO_COUNTRY, True),
        ("remote, place, span", NO_PLACE, True),
    ],
)
def test_places_and_countries_of_live_work_are_judged_together_as_they_will_be_stored(editor, before, given, is_saved):
    span = {"remote_offset_from": -60, "remote_offset_to": 120} if "span" in before else {}
    posting = complete(workplace=before.split(",")[0], **span)
    if "place" not in before.split(", "):
        posting.places.all().delete()
    if "country" in before:
        factories.RemoteCountryFactory(posting=posting)
    answer = answered(editor, reverse("admin:postings_posting_change", args=[posting.pk]), **given)
    assert answer.status_code == (302 if is_saved else 200), answer.status_code == 200 and errors_of(answer)
    kept = Posting.objects.get(pk=posting.pk)
    assert kept.places.exists() or (kept.workplace == "remote" and (kept.remote_countries.exists() or span))
