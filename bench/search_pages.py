"""The part of bench/search.py that asks a running portal over HTTP, and writes: pages, edits, an import, memory."""

import gzip
import statistics
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path

from bench import corpus
from bench.pages import get, milliseconds, p95
from bench.questions import searches
from bench.served import Site, free_port

IMPORTED = 10_000
EDITS = 20
JOBS = 30


@contextmanager
def portal(size, settings="portal.settings", workers=1, kept_megabytes=0):
    from django.conf import settings as ours

    site = Site(corpus.folder(size), free_port(), settings, workers, kept_megabytes, database=corpus.address(size))
    site.environment["SEARCH_DIR"] = str(ours.SEARCH_DIR)
    site.start()
    try:
        yield site
    finally:
        site.stop()


def pages(size, rounds, addresses=None):
    """({address: times in ms}, times of the bare list, {address: bytes compressed}); of the searches, or of these addresses.

    A round of each in turn: two servers that answer by turns find the caches of the processor full of the other's data."""
    addresses = addresses or [search.address for search in searches()]
    times, sizes, bare_times = {address: [] for address in addresses}, {}, []
    with portal(size) as site, portal(size, "bench.bare_settings") as bare:
        ours, theirs = HTTPConnection("127.0.0.1", site.port), HTTPConnection("127.0.0.1", bare.port)
        for address in addresses:
            sizes[address] = len(gzip.compress(get(ours, address)))
            get(theirs, "/bare/list/")
        for _ in range(rounds):
            for address in addresses:
                times[address].append(milliseconds(ours, address))
            bare_times += [milliseconds(theirs, "/bare/list/") for _ in addresses]
    return times, bare_times, sizes


def jobs_and_feed():
    """(addresses of jobs over the whole board, address of the feed of the newest fifty)"""
    from careers.postings.models import Posting

    live = Posting.objects.live().order_by("pk")
    return [posting.get_absolute_url() for posting in live[:: live.count() // JOBS]], "/jobs/feed.rss"


def queries():
    """{address: database queries of one request, past the first}"""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, counts = Client(headers={"host": "127.0.0.1"}), {}
    for search in searches():
        client.get(search.address)
        with CaptureQueriesContext(connection) as captured:
            client.get(search.address)
        counts[search.address] = len(captured)
    return counts


def edits_over_http(size):
    """(ms of a save, ms from the end of a save to the page that shows it, answers that did not) with two workers."""
    from careers.postings.models import Posting

    saves, answers, stale = [], [], 0
    chosen = list(Posting.objects.live().order_by("pk")[:EDITS])
    with portal(size, workers=2, kept_megabytes=32) as site:
        for number, posting in enumerate(chosen):
            old, posting.title = posting.title, f"Edited {time.time_ns()}"
            saves.append(timed(posting.save))
            for attempt in range(4):  # each on a connection of its own, which any of the workers may take
                begin = time.perf_counter()
                page = get(HTTPConnection("127.0.0.1", site.port), f"/jobs/?q=%22{posting.title.replace(' ', '+')}%22")
                if attempt == 0:
                    answers.append((time.perf_counter() - begin) * 1000)
                stale += f"/jobs/{posting.pk}-".encode() not in page
            posting.title = old if number % 2 else f"Edited {number}"
            posting.save()
    return saves, answers, stale


def timed(act):
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000


def catching_up():
    """ms of the first search after a save, beside those of the next one; both browse."""
    from careers.postings.models import Posting
    from careers.search.query import SearchRequest, run_search

    first, second = [], []
    for posting in list(Posting.objects.live().order_by("-pk")[:EDITS]):
        posting.save()
        for times in (first, second):
            times.append(timed(lambda: run_search(SearchRequest("postings.posting", "nothing"))))
    return first, second


def imported(size):
    """(seconds to write 10,000 postings and find them, index commits); they are taken out again."""
    from django.db import transaction

    from careers.postings.models import Employer, Posting
    from careers.roles.models import Role, Skill
    from careers.search.index import Index
    from careers.search.query import SearchRequest, run_search

    more = corpus.Corpus(IMPORTED)
    more.roles, more.skills, more.employers = (
        list(Role.objects.all()[:60]),
        list(Skill.objects.all()[:400]),
        list(Employer.objects.all()[:250]),
    )
    last, write, commits = Posting.objects.order_by("-pk")[0].pk, Index.write, []
    Index.write = lambda *args, **options: (commits.append(1), write(*args, **options))
    postings = more.postings()
    portions = [list(islice(postings, corpus.PORTION)) for _ in range(IMPORTED // corpus.PORTION)]
    begin = time.perf_counter()
    with transaction.atomic():
        for portion in portions:
            corpus.write_postings(portion)
    found = run_search(SearchRequest("postings.posting", ""))
    seconds, Index.write = time.perf_counter() - begin, write
    assert found.total >= IMPORTED / 2
    take_out(last)
    run_search(SearchRequest("postings.posting", ""))
    return seconds, len(commits)


def take_out(last):
    """The postings after this one, without a row of history for each."""
    from careers.changes.log import tracked_write
    from careers.changes.tracking import documents_of_queryset
    from careers.postings.models import Posting, PostingPlace, RemoteCountry

    for model in (PostingPlace, RemoteCountry, Posting.skills.through):
        model.objects.filter(posting_id__gt=last).delete()
    rows = Posting.objects.filter(pk__gt=last)
    with tracked_write(Posting, "DELETE", using="default") as log:
        log.record(documents_of_queryset(rows))
        rows._raw_delete("default")


def memory(size):
    """MB of the largest worker that has answered every search, some of them from its kept pages: all, and without files."""
    with portal(size, workers=1, kept_megabytes=32) as site:
        connection = HTTPConnection("127.0.0.1", site.port)
        for _ in range(3):
            for search in searches():
                get(connection, search.address)
        return max(resident(process) for process in family(site.process.pid))


def family(pid):
    found = [pid]
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(entry.read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found += family(int(entry.parent.name))
    return found


def resident(pid):
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return tuple(int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon"))


def summary(times):
    return statistics.median(times), p95(times)
