from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from careers.core.time_zones import (
    OFFSETS,
    end_of_day,
    format_in_zone,
    offered_zone_names,
    offset_choices,
    offset_label,
    offset_range_label,
    to_local,
    to_utc,
    validate_zone,
    zone_choices,
    zone_time_label,
)

days = st.dates(date(1900, 1, 1), date(2199, 12, 30))
zones = st.sampled_from(sorted(available_timezones()))
SECOND = timedelta(seconds=1)
TICK = timedelta(microseconds=1)


@st.composite
def local_times(draw):
    """A zone and a time its clocks may show; half of them within hours of a change of the clocks where one is near."""
    zone = draw(zones)
    local = draw(st.datetimes(datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2200-01-01")))
    if draw(st.booleans()):
        following = (local + timedelta(days=step) for step in range(370))
        if change := next((day for day in following if changes_on(day, zone)), None):
            noon = change.replace(hour=12, minute=0, second=0, microsecond=0)
            local = noon + draw(st.timedeltas(-timedelta(hours=36), timedelta(hours=12)))
    return local, zone


def changes_on(day, zone):
    place = ZoneInfo(zone)
    return day.replace(tzinfo=place).utcoffset() != (day - timedelta(days=1)).replace(tzinfo=place).utcoffset()


@given(local_times())
def test_a_time_stands_for_the_first_moment_at_which_clocks_show_it_or_a_later_one(given_time):
    """In every zone of the IANA and three centuries: times that are skipped, times that come twice, and all others."""
    local, zone = given_time
    moment = to_utc(local, zone)
    assert to_local(moment, zone) >= local
    assert to_local(moment - TICK, zone) < local


@pytest.mark.parametrize(
    ("local", "zone", "moment"),
    [
        ("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:00"),  # skipped: the jump
        ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30"),  # twice: the first
        ("2026-05-01T02:30", "Europe/Berlin", "2026-05-01T00:30"),
        ("2011-12-30T15:00", "Pacific/Apia", "2011-12-30T10:00"),  # a whole day was skipped
        ("1919-03-31T00:00", "America/Toronto", "1919-03-31T04:30"),  # midnight in the middle of what is skipped
    ],
)
def test_times_by_hand(local, zone, moment):
    assert to_utc(datetime.fromisoformat(local), zone) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_every_time_of_a_skipped_hour_is_the_second_at_which_the_clocks_jump():
    begin = datetime.fromisoformat("2026-03-29T02:00")
    skipped = [begin + timedelta(seconds=second) for second in (*range(0, 3600, 53), 0.5, 1.5)]
    assert {to_utc(local, "Europe/Berlin") for local in skipped} == {datetime(2026, 3, 29, 1, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(-300, "UTC−5"), (0, "UTC"), (120, "UTC+2"), (345, "UTC+5:45"), (-570, "UTC−9:30")],
)
def test_offsets_in_words(minutes, words):
    assert offset_label(minutes) == words
    assert (minutes, words) in offset_choices()


def test_a_span_names_both_ends_and_one_offset_once():
    assert [offset_range_label(-300, 120), offset_range_label(60, 60)] == ["UTC−5 to UTC+2", "UTC+1"]
    assert [offset_label(30), offset_label(-30)] == ["UTC+0:30", "UTC−0:30"]


def test_every_offset_that_clocks_keep_can_be_chosen():
    """Of the zones people choose, in summer and in winter of this and the next years."""
    kept = {
        datetime(year, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() // timedelta(minutes=1)
        for zone in offered_zone_names()
        for year in (2026, 2030)
        for month in (1, 7)
    }
    assert kept <= set(OFFSETS)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/New_York", "New York time"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("UTC", "UTC"),
        ("Etc/GMT+5", "Etc/GMT+5"),
    ],
)
def test_visitors_read_the_city_of_a_zone(zone, words):
    assert zone_time_label(zone) == words


def test_a_moment_in_words_names_its_zone():
    assert (
        format_in_zone(datetime(2026, 5, 3, 7, tzinfo=UTC), "America/New_York")
        == "3 May 2026, 03:00 (America/New York)"
    )


@given(days, zones)
def test_the_last_second_of_the_closing_day_is_open_and_the_next_day_is_not(day, zone):
    """In every zone and on every day, clock changes included."""
    closes = end_of_day(day, zone)
    before, after = ((closes + step).astimezone(ZoneInfo(zone)).date() for step in (-SECOND, timedelta()))
    assert before <= day < after


@given(days, zones)
def test_a_closing_day_is_about_a_day_long(day, zone):
    length = end_of_day(day + timedelta(days=1), zone) - end_of_day(day, zone)
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
    assert end_of_day(day, zone) == moment


@pytest.mark.parametrize(
    "beyond",
    [
        lambda: end_of_day(date.max, "UTC"),  # the day after it is none
        lambda: to_utc(datetime.fromisoformat("9999-12-31T23:00"), "America/Los_Angeles"),
        lambda: to_utc(datetime.fromisoformat("0001-01-01T00:00"), "Asia/Tokyo"),
    ],
)
def test_a_day_beyond_what_calendars_count_is_refused_with_a_sentence(beyond):
    with pytest.raises(ValidationError, match="This date is out of range") as refusal:
        beyond()
    assert refusal.value.code == "day"


def test_zones_are_offered_by_region_and_older_names_are_still_understood():
    offered = offered_zone_names()
    assert offered[:2] == ["UTC", "Africa/Abidjan"]
    assert ("America/New_York", "America/New York") in zone_choices()
    assert not {"EST5EDT", "GMT", "Etc/GMT+5"} & set(offered)
    for name in ("EST5EDT", "Etc/GMT+5", "Europe/Berlin"):
        validate_zone(name)


def test_an_unknown_zone_is_refused_with_examples():
    with pytest.raises(ValidationError, match="Europe/Berlin") as refusal:
        validate_zone("Mars/Olympus")
    assert refusal.value.code == "zone"
