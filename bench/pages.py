"""Latency, throughput, queries and weight of each public page, beside a bare Django view of the same size in the same run.

    python -m bench.pages [--rounds 60] [--seconds 2]

Prints a row a page: median and p95 of one client in ms, the same of the bare view, their ratio, database queries, bytes raw and
compressed, and requests a second of four clients. Times differ between machines; the ratios are what to compare.
"""

import argparse
import gzip
import os
import re
import statistics
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

from bench.served import Site, free_port

CLIENTS = 4
GUIDE = "/roles/machine-learning-engineer/"
PAGES = [
    "/", "/search/?q=data", "/roles/", GUIDE, f"{GUIDE}interview/", f"{GUIDE}template/", f"{GUIDE}resume-guide/",
    "/roles/compare/?role=machine-learning-engineer&role=data-scientist", "/sources/", "/jobs/",
    "/jobs/?q=data&workplace=hybrid", "/jobs/<job>/", "/jobs/employers/<employer>/", "/resources/", "/resources/<resource>/",
    "/sitemap-jobs.xml", "/healthz",
]  # fmt: skip


HEADER = (
    f"{'page':58} {'median':>7} {'p95':>7} {'bare':>7} {'ratio':>7} {'sql':>4} "
    f"{'bytes':>8} {'gzip':>8} {'req/s':>7} {'bare':>7}"
)


def get(connection, path):
    connection.request("GET", path, headers={"Connection": "keep-alive"})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}")
    return body


def milliseconds(connection, path):
    start = time.perf_counter()
    get(connection, path)
    return (time.perf_counter() - start) * 1000


def throughput(port, path, seconds, clients=CLIENTS):
    """Requests a second of clients that ask again as soon as they are answered."""
    done = [0] * clients
    until = time.perf_counter() + seconds

    def client(number):
        connection = HTTPConnection("127.0.0.1", port)
        while time.perf_counter() < until:
            get(connection, path)
            done[number] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / seconds


def query_counts(environment, paths):
    """{path: queries of one request, past the first}, asked in this process with the served database."""
    os.environ.update(environment)
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, counts = Client(headers={"host": "127.0.0.1"}), {}
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts[path] = len(queries)
    connection.close()
    return counts


def fill_in(connection, paths):
    """Replaces <job>, <employer> and <resource> by the first one the site lists."""

    def first(page, pattern):
        return re.search(pattern, get(connection, page).decode())[0]

    job = first("/jobs/", r"/jobs/\d+-[^/\"]+/")
    found = {
        "/jobs/<job>/": job,
        "/jobs/employers/<employer>/": first(job, r"/jobs/employers/[^/\"]+/"),
        "/resources/<resource>/": first("/resources/", r"/resources/[^/\"?]+/"),
    }
    return [found.get(path, path) for path in paths]


def measure(path, portal, bare, rounds):
    """(portal times, bare times) in ms, taken in turns so that the machine's noise meets both."""
    ours, theirs = HTTPConnection("127.0.0.1", portal.port), HTTPConnection("127.0.0.1", bare.port)
    yardstick = f"/bare/{len(get(ours, path))}/"
    get(theirs, yardstick)
    times = [(milliseconds(ours, path), milliseconds(theirs, yardstick)) for _ in range(rounds)]
    return [ours for ours, _ in times], [theirs for _, theirs in times], yardstick


def p95(times):
    return statistics.quantiles(times, n=20)[-1]


def row(path, portal, bare, options, queries):
    ours, theirs, yardstick = measure(path, portal, bare, options.rounds)
    body = get(HTTPConnection("127.0.0.1", portal.port), path)
    speed, bare_speed = (
        throughput(site.port, address, options.seconds) for site, address in ((portal, path), (bare, yardstick))
    )
    median, bare_median = statistics.median(ours), statistics.median(theirs)
    return (
        f"{path[:58]:58} {median:7.1f} {p95(ours):7.1f} {bare_median:7.1f} {median / bare_median:6.1f}x {queries:4} "
        f"{len(body):8,} {len(gzip.compress(body)):8,} {speed:7.0f} {bare_speed:7.0f}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=2)
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        portal = Site(folder, free_port(), workers=2)
        portal.prepare()
        bare = Site(folder, free_port(), settings="bench.bare_settings", workers=2)
        for site in (portal, bare):
            site.start()
            stack.callback(site.stop)
        paths = fill_in(HTTPConnection("127.0.0.1", portal.port), PAGES)
        queries = query_counts(portal.environment, paths)
        print(HEADER)
        for path in paths:
            print(row(path, portal, bare, options, queries[path]))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
