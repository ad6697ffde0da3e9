"""What people type, asked of a small fixed board: how many searches give what was wanted.

    python -m bench.queries [--all]

The board is tests/search/query_corpus.toml, the searches and their wanted answers are tests/search/queries.toml. Prints the
share of right answers by theme, and each wrong one; with --all each search. Exits with 1 below the target.
"""

import argparse
import os
import sys
import tempfile
import time
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS, QUERIES = (ROOT / "tests" / "search" / f"{name}.toml" for name in ("query_corpus", "queries"))
TARGET = 0.95
PAGE_SIZE = 100


@dataclass(frozen=True)
class Answer:
    """`keys` of the corpus in the order they are shown."""

    keys: list
    spelling: str = ""
    dropped: frozenset = frozenset()
    is_unsearchable: bool = False
    place: str = ""


# -- The board


def load_board():
    """Write the corpus to the database. Returns {(model label, primary key): key}."""
    corpus = tomllib.loads(CORPUS.read_text(encoding="utf-8"))
    guides = {key: write_guide(**row) for key, row in corpus["guides"].items()}
    rows = {f"guide:{key}": guide for key, guide in guides.items()}
    rows |= {f"resource:{key}": write_resource(**row) for key, row in corpus["resources"].items()}
    rows |= write_occupations(corpus["occupations"])
    rows |= {key: write_job(guides, **row) for key, row in corpus["jobs"].items()}
    return {(row._meta.label_lower, row.pk): key for key, row in rows.items()}


def write_guide(title, others, summary):
    from careers.roles.models import AlternateTitle, Role

    guide = Role.objects.create(title=title, summary=summary, status=Role.Status.PUBLISHED)
    for other in others:
        AlternateTitle.objects.create(role=guide, title=other)
    return guide


def write_resource(name, provider, kind, summary):
    from careers.resources.models import Category, Resource

    category, _ = Category.objects.get_or_create(name="Learning")
    return Resource.objects.create(
        name=name,
        provider=provider,
        kind=kind,
        summary=summary,
        category=category,
        url=f"https://resources.example.org/{kind}/{name.replace(' ', '-')}",
        state=Resource.State.PUBLISHED,
    )


def write_occupations(rows):
    from careers.occupations.models import Occupation, OccupationTitle, Release, Source

    source = Source.objects.create(publisher="Bureau of Titles", title="Titles", reference_period="2026")
    release = Release.objects.create(dataset="onet", version="1.0", source=source)
    written = {}
    for key, row in rows.items():
        code, title = row["code"], row["title"]
        written[f"occupation:{key}"] = occupation = Occupation.objects.create(
            scheme="onet-soc", code=code, title=title, soc_code=code[:7], release=release
        )
        for other in row["others"]:
            OccupationTitle.objects.create(occupation=occupation, title=other, kind="alternate", release=release)
    return written


def write_job(guides, *, title, employer, text, guide="", places=(), remote=(), skills=(), **fields):
    from django.utils import timezone

    from careers.postings.models import Employer, Posting, PostingPlace, RemoteCountry
    from careers.roles.models import Skill

    fields["employment_type"] = fields.pop("type", "")
    job = Posting.objects.create(
        title=title,
        employer=Employer.objects.get_or_create(name=employer)[0],
        role=guides.get(guide),
        description=text,
        status=Posting.Status.PUBLISHED,
        publish_at=timezone.now() - timedelta(days=1),
        closes_on=timezone.localdate() + timedelta(days=30),
        apply_url="https://jobs.example.com/apply",
        **fields,
    )
    for place in places:
        country, subdivision, city = place.split("/")
        PostingPlace.objects.create(posting=job, country=country, subdivision=subdivision, city=city)
    for country in remote:
        RemoteCountry.objects.create(posting=job, country=country)
    job.skills.set([Skill.objects.get_or_create(name=name)[0] for name in skills])
    return job


# -- Asking


def read_queries():
    """[(theme, entry)]"""
    themes = tomllib.loads(QUERIES.read_text(encoding="utf-8"))
    return [(theme, entry) for theme, group in themes.items() for entry in group["queries"]]


def ask(entry, keys):
    return ask_site(entry["q"], keys) if entry.get("site") else ask_jobs(entry, keys)


def ask_jobs(entry, keys):
    from django.http import QueryDict
    from django.utils import timezone

    from careers.postings.job_list.form import PostingFilterForm
    from careers.postings.job_list.results import find_in_index

    query = QueryDict(mutable=True)
    query.update({name: entry[name] for name in ("q", "near") if name in entry})
    form = PostingFilterForm(query)
    found = find_in_index(form, timezone.now())
    spelling = found.suggestions.best_spelling
    return Answer(
        [keys["postings.posting", job.pk] for job in found.page.object_list],
        spelling.words if spelling else "",
        frozenset(found.dropped),
        form.is_unsearchable,
        place_of(form),
    )


def place_of(form):
    if not form.area:
        return ""
    place = form.area.place
    kind = "city" if place.city else "region" if place.subdivision else "country"
    return f"{kind} {place.subdivision or place.country}"


def ask_site(words, keys):
    from portal.search.results import search_site

    found = search_site(words)
    rows = [getattr(row, "occupation", row) for group in found.groups for row in group.rows]
    return Answer(
        [keys[row._meta.label_lower, row.pk] for row in rows],
        found.spellings[0].text if found.spellings else "",
        frozenset(found.dropped),
        found.is_unsearchable,
    )


# -- Judging


def faults(entry, answer):
    """What is wrong with an answer, in words."""
    wrong = []
    if "first" in entry and answer.keys[:1] not in [[key] for key in as_list(entry["first"])]:
        wrong.append(f"first is {answer.keys[:1]}, not {entry['first']}")
    if "only" in entry and sorted(answer.keys) != sorted(entry["only"].split()):
        wrong.append(f"found {sorted(answer.keys)}, not only {sorted(entry['only'].split())}")
    if missing := set(entry.get("has", "").split()) - set(answer.keys):
        wrong.append(f"missing {sorted(missing)} in {answer.keys}")
    if extra := set(entry.get("not", "").split()) & set(answer.keys):
        wrong.append(f"also found {sorted(extra)}")
    if "spelling" in entry and entry["spelling"] != answer.spelling:
        wrong.append(f"suggests {answer.spelling!r}, not {entry['spelling']!r}")
    if "dropped" in entry and set(entry["dropped"].split()) != answer.dropped:
        wrong.append(f"dropped {sorted(answer.dropped)}, not {entry['dropped']!r}")
    if entry.get("unsearchable") and (answer.keys or not answer.is_unsearchable):
        wrong.append(f"found {answer.keys}, says unsearchable: {answer.is_unsearchable}")
    if "place" in entry and not means(answer.place, entry["place"]):
        wrong.append(f"place {answer.place!r}, not {entry['place']!r}")
    return wrong


def as_list(value):
    return value if isinstance(value, list) else [value]


def means(place, wanted):
    """'city US-OR' is a 'city US' as well."""
    return place == wanted or place.startswith(f"{wanted}-")


def answer_all(keys):
    """[(theme, entry, faults, seconds)]"""
    answers = []
    for theme, entry in read_queries():
        begin = time.perf_counter()
        answer = ask(entry, keys)
        answers.append((theme, entry, faults(entry, answer), time.perf_counter() - begin))
    return answers


def asked_for(entry):
    parts = [entry[name] for name in ("q", "near") if name in entry]
    return " near ".join(parts) + (" (site)" if entry.get("site") else "")


def print_answers(answers, show_all):
    by_theme = defaultdict(list)
    for theme, entry, wrong, _ in answers:
        by_theme[theme].append(not wrong)
        if wrong or show_all:
            print(f"  {theme}: {asked_for(entry)!r}: {'; '.join(wrong) or 'right'}")
    for theme, right in by_theme.items():
        print(f"{theme:24} {sum(right):4} of {len(right)}")


def set_up(folder):
    os.environ.update(
        DJANGO_SETTINGS_MODULE="portal.settings",
        ENV_FILE=os.devnull,
        SECRET_KEY="only-for-the-bench-and-never-for-a-portal-that-others-see",
        ALLOWED_HOSTS="127.0.0.1",
        HTTPS="0",
        LOG_LEVEL="WARNING",
        VAR_DIR=folder,
        DATABASE_URL=f"sqlite:///{folder}/portal.sqlite3",
        POSTINGS_PER_PAGE=str(PAGE_SIZE),
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="print each search, also the right ones")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        answers = answer_all(load_board())
    print_answers(answers, options.all)
    right = sum(not wrong for _, _, wrong, _ in answers) / len(answers)
    print(f"{right:.1%} of {len(answers)} searches give what was wanted (target: {TARGET:.0%})")
    sys.exit(right < TARGET)


if __name__ == "__main__":
    main()
