"""What the whole of O*NET and BLS costs the pages: the starter content beside everything, in the same run.

    python -m bench.evidence DATA_FOLDER [--rounds 60]

Two portals run side by side; the second has imported all of DATA_FOLDER (onet-29.3, bls-oews, bls-ep). Each page is asked of
both in turns. Prints median and p95 in ms, the ratio of the p95, and the queries of both.
"""

import argparse
import statistics
import sys
import tempfile
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

from bench.pages import get, milliseconds, p95
from bench.served import ROOT, Site, free_port

GUIDE = "/roles/machine-learning-engineer/"
PAGES = [
    GUIDE, f"{GUIDE}?occupation=15-1221.00", "/occupations/15-2051.00/", "/occupations/15-1252.00/",
    "/occupations/", "/occupations/?q=machine+learning+engineer", "/occupations/?q=engineer",
    "/roles/compare/?role=machine-learning-engineer&role=data-scientist", "/search/?q=data", "/sources/",
]  # fmt: skip
HEADER = f"{'page':66} {'starter':>16} {'everything':>16} {'p95':>6} {'queries':>9}"
COUNTING = """
import sys, django
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
client = Client(headers={"host": "127.0.0.1"})
for path in sys.argv[1:]:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    print(len(queries))
"""


def import_everything(site, folder):
    site.manage("import_onet", str(folder / "onet-29.3"), "--commit")
    site.manage("import_oews", *map(str, sorted((folder / "bls-oews").glob("*.xlsx"))), "--commit")
    site.manage("import_projections", str(folder / "bls-ep" / "occupation.xlsx"), "--commit")


def measure(path, sites, rounds):
    """Times in ms of each site, asked in turns so that the machine's noise meets both."""
    connections = [HTTPConnection("127.0.0.1", site.port) for site in sites]
    for connection in connections * 3:
        get(connection, path)
    rows = [[milliseconds(connection, path) for connection in connections] for _ in range(rounds)]
    return list(zip(*rows, strict=True))


def query_counts(site):
    return [int(line) for line in site.python(COUNTING, *PAGES).split()]


def row(path, few, all_, counts):
    cells = [f"{statistics.median(times):7.1f} {p95(times):8.1f}" for times in (few, all_)]
    return f"{path[:66]:66} {cells[0]} {cells[1]} {p95(all_) / p95(few):5.2f}x {counts[0]:4} {counts[1]:4}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT.parent / "shared" / "data")
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    with ExitStack() as stack:
        sites = []
        for _ in range(2):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            sites.append(Site(folder, free_port(), workers=1))
            sites[-1].prepare()
        import_everything(sites[1], options.folder)
        for site in sites:
            site.start()
            stack.callback(site.stop)
        counts = zip(*(query_counts(site) for site in sites), strict=True)
        print(HEADER)
        for path, queries in zip(PAGES, counts, strict=True):
            print(row(path, *measure(path, sites, options.rounds), queries))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
