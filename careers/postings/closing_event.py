"""The closing moment of a posting as a calendar file (iCalendar, RFC 5545).

The event is the last minute before the job closes, in UTC: calendars show it in the reader's own time zone. An all-day event
would be the same date everywhere, which can be too late west of the employer.
"""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from .dates import closing_words
from .models import Posting

MAX_OCTETS = 75  # of a line without its end
LAST_MINUTE = timedelta(minutes=1)
SPECIAL = re.compile(r"([\\;,])")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def closing_event(posting: Posting) -> str:
    """The file of one posting that has a closing day. The same posting gives the same file until it is edited."""
    if posting.closes_at is None:
        raise ValueError("This posting has no closing day.")
    address = f"{settings.SITE_URL}{posting.get_absolute_url()}"
    title = f"Apply by now: {posting.title}, {posting.employer.name}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{escape_text(settings.SITE_NAME)}//Jobs//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:job-{posting.pk}-closes@{urlsplit(settings.SITE_URL).hostname}",
        f"DTSTAMP:{utc(posting.updated_at)}",
        f"DTSTART:{utc(posting.closes_at - LAST_MINUTE)}",
        f"DTEND:{utc(posting.closes_at)}",
        f"SUMMARY:{escape_text(title)}",
        f"DESCRIPTION:{escape_text(f'This job closes {closing_words(posting)}.{chr(10)}{address}')}",
        f"URL:{address}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P1D",
        f"DESCRIPTION:{escape_text(title)}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{fold(line)}\r\n" for line in lines)


def utc(moment: datetime) -> str:
    """'20261205T045900Z'"""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escape_text(text: str) -> str:
    """A value of type TEXT (section 3.3.11), without control characters."""
    escaped = SPECIAL.sub(r"\\\1", CONTROL.sub("", text.replace("\r\n", "\n")))
    return escaped.replace("\n", "\\n")


def fold(line: str) -> str:
    """Lines of at most 75 octets, parted between characters (section 3.1)."""
    folded, octets = [], 0
    for character in line:
        size = len(character.encode())
        if octets + size > MAX_OCTETS:
            folded.append("\r\n ")
            octets = 1
        folded.append(character)
        octets += size
    return "".join(folded)
