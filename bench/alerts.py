"""Ten thousand job alerts against a thousand new jobs: how long matching takes, how much memory, and how fast mails are made.

    python -m bench.alerts [--alerts 10000] [--postings 1000]

Works in a database of its own in a temporary folder. The searches are those of the board's corpus, all different.
"""

import argparse
import itertools
import os
import resource
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench.corpus import PLACES, Corpus
from bench.served import Site

WORKPLACES = ["", "&workplace=remote", "&workplace=hybrid", "&type=full_time", "&pay=50000&currency=USD"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alerts", type=int, default=10_000)
    parser.add_argument("--postings", type=int, default=1_000)
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-alerts-")))
        site = Site(folder, port=0)
        os.environ.update(site.environment)
        import django

        django.setup()
        site.manage("migrate", "--verbosity=0")
        measure(options.alerts, options.postings)


def measure(alerts, postings):
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from careers.subscriptions.matching import match_new_postings
    from careers.subscriptions.models import AlertMatch
    from careers.subscriptions.sending import send_due

    make_rows(alerts, postings)
    before, start = peak_megabytes(), time.perf_counter()
    report = match_new_postings(timezone.now())
    seconds = time.perf_counter() - start
    print(f"{report.postings:,} new jobs, {report.searches:,} searches, {report.matches:,} matches")
    print(
        f"matched in {seconds:.1f} s (goal: under 60), {peak_megabytes() - before:.0f} MB more than before (goal: under 200)"
    )
    start = time.perf_counter()
    sent = send_due(timezone.now())
    seconds = time.perf_counter() - start
    jobs = AlertMatch.objects.exclude(sent_at=None).count()
    print(
        f"{sent:,} mails of {jobs:,} jobs rendered and queued in {seconds:.1f} s: {sent / seconds:,.0f} a second (goal: 200)"
    )
    assert DBTaskResult.objects.count() == sent


def make_rows(alerts, postings):
    from django.http import QueryDict
    from django.utils import timezone

    from careers.postings.job_list.form import PostingFilterForm
    from careers.subscriptions.models import JobAlert, Subscriber
    from careers.subscriptions.services import search_key

    Corpus(postings).write()
    now = timezone.now()
    people = Subscriber.objects.bulk_create(Subscriber(email=f"reader{number}@example.org") for number in range(alerts))
    rows = []
    for reader, query in zip(people, queries(), strict=False):
        search = PostingFilterForm(QueryDict(query)).search
        rows.append(
            JobAlert(
                subscriber=reader,
                search=search.to_json(),
                search_key=search_key(search),
                rhythm="at_once",
                time_zone="UTC",
                state="active",
                consent_text="I agree.",
                consented_at=now,
                confirmed_at=now,
            )
        )
    JobAlert.objects.bulk_create(rows, 1_000)


def queries():
    """Different query strings: a word, a place or a role, and another filter."""
    from bench.words import vocabulary
    from careers.roles.models import Role

    words = (f"q={word}" for word in vocabulary()[50:])
    places = (f"near={place[2]}&within={km}" for km in (10, 25, 50, 100) for place in PLACES)
    roles = (f"role={slug}" for slug in Role.objects.values_list("slug", flat=True))
    starts = itertools.chain(places, roles, words)
    return (f"{start}{more}" for start in starts for more in WORKPLACES)


def peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
