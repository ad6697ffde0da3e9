"""A job board of any size, always the same: employers, guides, skills, places, pay and postings whose words are made up.

    python -m bench.corpus 10k|100k|1M

Fills a database of its own: SQLite in var/bench/, or `bench_<size>` on the PostgreSQL that DATABASE_URL names. Openings and
closings are told from today; a corpus most of which has closed meanwhile is made again. Word frequencies follow Zipf's law, and
so do those of employers, skills and guides.
"""

import argparse
import os
import shutil
from datetime import UTC, datetime, time, timedelta
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import numpy
from tqdm import tqdm

from bench.words import SEED, VOCABULARY, drawn, vocabulary, zipf

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"10k": 10_000, "100k": 100_000, "1M": 1_000_000}
PORTION = 2_000  # postings made and written at once
GUIDES, SKILLS, POSTINGS_AN_EMPLOYER = 60, 400, 40
LIVE_SHARE = 0.7  # below it the corpus is too old
TEXT_SHARES = {"description": 0.45, "responsibilities": 0.2, "requirements": 0.2, "preferred": 0.08, "benefits": 0.07}
SENTENCE = 12  # words

JOBS = [
    "Engineer",
    "Analyst",
    "Designer",
    "Manager",
    "Developer",
    "Scientist",
    "Technician",
    "Planner",
    "Adviser",
    "Operator",
]
PLACES = [
    ("US", "US-CA", "San Francisco", "America/Los_Angeles", "USD"), ("US", "US-NY", "New York City", "America/New_York", "USD"),
    ("US", "US-TX", "Austin", "America/Chicago", "USD"), ("US", "US-WA", "Seattle", "America/Los_Angeles", "USD"),
    ("US", "US-CO", "Denver", "America/Denver", "USD"), ("GB", "", "London", "Europe/London", "GBP"),
    ("GB", "", "Manchester", "Europe/London", "GBP"), ("DE", "DE-BE", "Berlin", "Europe/Berlin", "EUR"),
    ("DE", "DE-BY", "Munich", "Europe/Berlin", "EUR"), ("DE", "DE-HH", "Hamburg", "Europe/Berlin", "EUR"),
    ("IN", "IN-KA", "Bengaluru", "Asia/Kolkata", "INR"), ("IN", "IN-MH", "Mumbai", "Asia/Kolkata", "INR"),
    ("FR", "", "Paris", "Europe/Paris", "EUR"), ("FR", "", "Lyon", "Europe/Paris", "EUR"),
    ("CA", "CA-ON", "Toronto", "America/Toronto", "CAD"), ("CA", "CA-BC", "Vancouver", "America/Vancouver", "CAD"),
    ("NL", "", "Amsterdam", "Europe/Amsterdam", "EUR"), ("AE", "AE-DU", "Dubai", "Asia/Dubai", "AED"),
    ("AE", "AE-AZ", "Abu Dhabi", "Asia/Dubai", "AED"), ("NG", "NG-LA", "Lagos", "Africa/Lagos", "NGN"),
    ("PL", "", "Warsaw", "Europe/Warsaw", "PLN"), ("ES", "", "Madrid", "Europe/Madrid", "EUR"),
    ("SG", "", "Singapore", "Asia/Singapore", "SGD"), ("AU", "AU-NSW", "Sydney", "Australia/Sydney", "AUD"),
    ("BR", "", "São Paulo", "America/Sao_Paulo", "BRL"), ("JP", "", "Tokyo", "Asia/Tokyo", "JPY"),
    ("KE", "", "Nairobi", "Africa/Nairobi", "KES"), ("IE", "", "Dublin", "Europe/Dublin", "EUR"),
    ("SE", "", "Stockholm", "Europe/Stockholm", "SEK"), ("ZA", "", "Cape Town", "Africa/Johannesburg", "ZAR"),
]  # fmt: skip
HOURLY = {"USD": 55, "GBP": 35, "EUR": 38, "INR": 900, "CAD": 50, "AED": 130, "NGN": 4000, "PLN": 95, "SGD": 48, "AUD": 60,
          "BRL": 75, "JPY": 4200, "KES": 1300, "SEK": 310, "ZAR": 320}  # fmt: skip


# -- The database


def folder(size):
    return ROOT / "var" / "bench" / size


def use(size, is_filled=False, **settings):
    """Set Django up on the database of the corpus of that size, which is made or filled where needed. Call it once."""
    os.environ.update(environment(size) | settings)
    import django

    django.setup()
    if not is_filled:
        fill(size)


def environment(size):
    place = folder(size)
    place.mkdir(parents=True, exist_ok=True)
    return {
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "portal.settings"),
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "only-for-the-bench-and-never-for-a-portal-that-others-see",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1",
        "HTTPS": "0",
        "LOG_LEVEL": "WARNING",
        "VAR_DIR": str(place),
        "DATABASE_URL": address(size),
    }


def address(size):
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        return f"sqlite:///{folder(size) / 'portal.sqlite3'}"
    import psycopg

    name = f"bench_{size.lower()}"
    if urlsplit(server).path != f"/{name}":
        with psycopg.connect(server, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def fill(size):
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    if is_whole(size):
        return
    empty()
    Corpus(SIZES[size]).write()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def is_whole(size):
    from careers.postings.models import Posting

    return Posting.objects.count() >= SIZES[size] and Posting.objects.live().count() >= LIVE_SHARE * SIZES[size]


def empty():
    """Take out what a broken run, or one of long ago, left."""
    from django.conf import settings
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(settings.SEARCH_DIR, ignore_errors=True)


# -- Rows


class Corpus:
    def __init__(self, many, day=None):
        self.many = many
        self.midnight = datetime.combine(day or datetime.now(UTC).date(), time.min, UTC)
        self.chance = numpy.random.default_rng([SEED, many])
        self.word_shares = zipf(VOCABULARY)

    def write(self):
        from django.db import transaction

        self.roles, self.skills, self.employers  # noqa: B018 (made at first look)
        with tqdm(total=self.many, unit=" postings", desc="corpus", leave=False) as bar:
            postings = self.postings()
            while portion := list(islice(postings, PORTION)):
                with transaction.atomic():
                    write_postings(portion)
                bar.update(len(portion))

    @cached_property
    def roles(self):
        from careers.roles.models import AlternateTitle, Role

        names = [f"{vocabulary()[900 + 7 * rank].title()} {JOBS[rank % len(JOBS)]}" for rank in range(GUIDES)]
        roles = Role.objects.bulk_create(
            Role(title=name, slug=name.lower().replace(" ", "-"), summary=f"What a {name} does.", status="published")
            for name in names
        )
        others = [
            AlternateTitle(role=role, title=f"{vocabulary()[rank].title()} {role.title.rsplit(' ', 1)[1]}")
            for rank, role in enumerate(roles, 5000)
        ]
        AlternateTitle.objects.bulk_create(others)
        return roles

    @cached_property
    def skills(self):
        from careers.roles.models import Skill

        names = [vocabulary()[300 + 11 * rank].capitalize() for rank in range(SKILLS)]
        return Skill.objects.bulk_create(Skill(name=name, slug=name.lower().replace(" ", "-")) for name in names)

    @cached_property
    def employers(self):
        from careers.postings.models import Employer

        names = {}
        for rank in range(max(self.many // POSTINGS_AN_EMPLOYER, 50)):
            first, second = vocabulary()[rank % 20_000], vocabulary()[(7 * rank + rank // 20_000) % VOCABULARY]
            names[f"{first} {second} {rank}".title()] = None
        return Employer.objects.bulk_create(
            [Employer(name=name, slug=name.lower().replace(" ", "-"), about=f"{name} is made up.") for name in names],
            batch_size=PORTION,
        )

    def postings(self):
        """(posting, its places, remote countries, skills); unsaved."""
        made = 0
        while made < self.many:
            rows = Rows(self, min(PORTION, self.many - made))
            for number in range(rows.many):
                yield rows.posting(number), rows.places(number), rows.countries(number), rows.skills(number)
            made += rows.many


class Rows:
    """A portion of rows, drawn column by column."""

    def __init__(self, corpus, many):
        chance, self.corpus, self.many = corpus.chance, corpus, many
        self.employer = drawn(chance, zipf(len(corpus.employers), 0.7), many)
        self.role = drawn(chance, zipf(GUIDES, 0.8), many)
        self.place = drawn(chance, zipf(len(PLACES), 0.7), (many, 3))
        self.place_count = 1 + (chance.random(many) > 0.85) + (chance.random(many) > 0.95)
        self.skill = drawn(chance, zipf(SKILLS, 0.8), (many, 6))
        self.skill_count = chance.integers(1, 7, many)
        self.level, self.type, self.workplace, self.state = (chance.random(many) for _ in range(4))
        self.age = chance.random(many) * 62 - 2  # days
        self.length = chance.integers(30, 150, many)  # days
        self.second = chance.integers(86_400, size=many)
        self.pay = chance.random((many, 3))
        self.period = chance.random(many)
        counts = numpy.clip(chance.lognormal(5.75, 0.35, many), 60, 900).astype(int)
        self.ends = numpy.cumsum(counts)
        self.words = vocabulary()[drawn(chance, corpus.word_shares, self.ends[-1])].tolist()

    def posting(self, number):
        from careers.core.slugs import make_slug
        from careers.postings.models import Posting

        role = self.corpus.roles[self.role[number]]
        words = self.words[self.ends[number - 1] if number else 0 : self.ends[number]]
        title = f"{role.title}, {words[0]} {words[-1]}".capitalize()
        return Posting(
            title=title,
            slug=make_slug(title, "job"),
            employer=self.corpus.employers[self.employer[number]],
            role=role if self.period[number] < 0.93 else None,
            employment_type=self.one_of(Posting.EmploymentType.values, self.type[number]),
            workplace=["onsite", "hybrid", "remote", ""][
                int(numpy.searchsorted([0.5, 0.75, 0.95], self.workplace[number]))
            ],
            level=self.one_of(["mid", "senior", "junior", "", "lead", "entry", "director"], self.level[number]),
            apply_url="https://jobs.example.com/apply",
            **self.moments(number),
            **self.paid(number),
            **texts(words),
        )

    @staticmethod
    def one_of(values, share):
        """The first ones far more often."""
        return values[int(len(values) * share**2)]

    def moments(self, number):
        state = self.state[number]
        publish_at = self.corpus.midnight + timedelta(days=-int(self.age[number]), seconds=-int(self.second[number]))
        if self.age[number] < 0:
            publish_at = self.corpus.midnight + timedelta(days=2, seconds=int(self.second[number]))
        zone = PLACES[self.place[number, 0]][3]
        closes_on = (
            (publish_at + timedelta(days=int(self.length[number]))).date() if self.period[number] > 0.1 else None
        )
        moments = {
            "status": "published" if state > 0.05 else "draft",
            "publish_at": publish_at,
            "time_zone": zone,
            "closes_on": closes_on,
            "closes_at": closing_moment(closes_on, zone) if closes_on else None,
        }
        for name, least in (("withdrawn_at", 0.98), ("filled_at", 0.95), ("closed_at", 0.93)):
            if state > least:
                return moments | {name: publish_at + timedelta(hours=20)}
        return moments

    def paid(self, number):
        """Three in five state their pay; of these one in eight names one end only."""
        stated, height, spread = self.pay[number]
        if stated > 0.6:
            return {}
        currency = PLACES[self.place[number, 0]][4]
        period, factor = [("year", 2080), ("month", 2080 / 12), ("hour", 1)][int(3 * self.period[number] ** 3)]
        low = round(HOURLY[currency] * (0.4 + 1.6 * height**2) * factor, -3 if factor > 1000 else 0) or 1
        high = round(low * (1.1 + 0.4 * spread), -3 if factor > 1000 else 0)
        return {
            "pay_currency": currency,
            "pay_period": period,
            "pay_min": int(low) if spread > 0.06 else None,
            "pay_max": max(int(high), int(low)) if spread < 0.94 else None,
        }

    def places(self, number):
        from careers.postings.models import PostingPlace

        many = 0 if self.workplace[number] > 0.9 else self.place_count[number]
        chosen = dict.fromkeys(self.place[number, :many].tolist())
        return [
            PostingPlace(country=country, subdivision=subdivision, city=city, position=position)
            for position, (country, subdivision, city, _, _) in enumerate(PLACES[place] for place in chosen)
        ]

    def countries(self, number):
        from careers.postings.models import RemoteCountry

        if not 0.75 < self.workplace[number] < 0.95:
            return []
        return [RemoteCountry(country=code) for code in dict.fromkeys(PLACES[place][0] for place in self.place[number])]

    def skills(self, number):
        chosen = dict.fromkeys(self.skill[number, : self.skill_count[number]].tolist())
        return [self.corpus.skills[skill] for skill in chosen]


@cache
def closing_moment(day, zone):
    from careers.core import time_zones

    return time_zones.end_of_day(day, zone)


def texts(words):
    """The words as the texts of a posting, in sentences."""
    fields, start = {}, 0
    for name, share in TEXT_SHARES.items():
        end = start + int(len(words) * share)
        sentences = (" ".join(words[begin : min(begin + SENTENCE, end)]) for begin in range(start, end, SENTENCE))
        fields[name], start = ". ".join(sentences), end
    return fields


def write_postings(portion):
    from careers.postings.models import Posting, PostingPlace, RemoteCountry

    postings = Posting.objects.bulk_create([posting for posting, *_ in portion])
    links = Posting.skills.through
    for model, column in ((PostingPlace, 1), (RemoteCountry, 2)):
        parts = []
        for posting, row in zip(postings, portion, strict=True):
            for part in row[column]:
                part.posting = posting
                parts.append(part)
        model.objects.bulk_create(parts)
    links.objects.bulk_create(
        links(posting_id=posting.pk, skill_id=skill.pk)
        for posting, row in zip(postings, portion, strict=True)
        for skill in row[3]
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", choices=SIZES)
    size = parser.parse_args().size
    use(size)
    from django.conf import settings

    from careers.postings.models import Posting

    database = settings.DATABASES["default"]["NAME"]
    print(f"{Posting.objects.count():,} postings, {Posting.objects.live().count():,} of them live, in {database}")


if __name__ == "__main__":
    main()
