from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from careers.core.zones import closing_moment, validate_zone, zone_names

days = st.dates(date(1990, 1, 1), date(2037, 12, 30))
zones = st.sampled_from(zone_names())
SECOND = timedelta(seconds=1)


@given(days, zones)
def test_the_last_second_of_the_closing_day_is_open_and_the_next_day_is_not(day, zone):
    """In every zone and on every day, clock changes included."""
    closes = closing_moment(day, zone)
    before, after = ((closes + step).astimezone(ZoneInfo(zone)).date() for step in (-SECOND, timedelta()))
    assert before <= day < after


@given(days, zones)
def test_a_closing_day_is_about_a_day_long(day, zone):
    length = closing_moment(day + timedelta(days=1), zone) - closing_moment(day, zone)
    assert timedelta(0) <= length <= timedelta(hours=48)


@pytest.mark.parametrize(
    ("day", "zone", "moment"),
    [
        (date(2026, 3, 31), "Europe/Berlin", datetime(2026, 3, 31, 22, tzinfo=UTC)),
        (date(2026, 3, 31), "America/Los_Angeles", datetime(2026, 4, 1, 7, tzinfo=UTC)),
        # Clocks jump from 00:00 to 01:00: the missing midnight is the moment of the jump.
        (date(2018, 11, 3), "America/Sao_Paulo", datetime(2018, 11, 4, 3, tzinfo=UTC)),
        # Clocks fall from 01:00 back to 00:00: of two midnights, the first.
        (date(2026, 10, 31), "America/Havana", datetime(2026, 11, 1, 4, tzinfo=UTC)),
    ],
)
def test_closing_moments_by_hand(day, zone, moment):
    assert closing_moment(day, zone) == moment


def test_an_unknown_zone_is_refused_with_examples():
    with pytest.raises(ValidationError, match="Europe/Berlin"):
        validate_zone("Mars/Olympus")
