"""Editors and readers at once, on two hosts with an index each: does anybody read what is older than a save?

    python -m bench.at_once [--seconds 30] [--editors 4] [--readers 4]

Each editor changes the title of a posting of its own, and asks one of the hosts for it right after each save; each reader asks
for the title of some editor, and must be shown the edit that was saved when it asked, or a later one. Every fifth turn an
editor adds a posting and deletes it again. In the end the index of each host holds the rows that are live, and few files.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

from bench.pages import get
from bench.served import ROOT, Site, free_port

PASSING = 5  # turns
COUNT = """
import json, django
django.setup()
from careers.postings.models import Posting
from careers.postings.search_documents import KIND
from careers.search import sync
from careers.search.query import SearchRequest, run_search
index = sync.current_index()
files = [path for path in sync.index_folder().rglob("*") if path.is_file() and not path.is_symlink()]
print(json.dumps({
    "rows": Posting.objects.live().count(), "documents": run_search(SearchRequest(KIND)).total,
    "held": index.searcher.num_docs, "segments": index.searcher.num_segments, "files": len(files),
}))
"""


def hosts(folder, workers, like=None):
    """Two portals on one database, each with an index of its own."""
    first = Site(folder, free_port(), workers=workers, kept_megabytes=32, like=like)
    address = first.environment["DATABASE_URL"]
    found = [first, Site(folder, free_port(), workers=workers, kept_megabytes=32, database=address)]
    for number, site in enumerate(found):
        site.environment["SEARCH_DIR"] = str(folder / f"search-{number}")
    return found


def trial(folder, *, editors, readers, turns=0, seconds=0, workers=2, like=None):
    """What happened: turns, answers that were too old, and what each host's index holds in the end. See Site for `like`."""
    sites = hosts(folder, workers, like)
    if not like:
        sites[0].prepare()
    try:
        for site in sites:
            site.start()
        people = [("edit", number) for number in range(editors)] + [("read", number) for number in range(readers)]
        said = run(sites, folder, people, editors, turns, seconds)
        counts = [json.loads(site.python(COUNT)) for site in sites]
    finally:
        for site in sites:
            if hasattr(site, "process"):
                site.stop()
    return {"said": said, "hosts": counts}


def run(sites, folder, people, editors, turns, seconds):
    ports = ",".join(str(site.port) for site in sites)
    limits = [
        f"--turns={turns}",
        f"--seconds={seconds}",
        f"--editors={editors}",
        f"--ports={ports}",
        f"--folder={folder}",
    ]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.at_once", f"--as={act}", f"--number={number}", *limits],
            cwd=ROOT,
            env=sites[0].environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for act, number in people
    ]
    said = []
    for process in processes:
        output, error = process.communicate(timeout=seconds + 300)
        assert process.returncode == 0, error
        said.append(json.loads(output.splitlines()[-1]))
    return said


# -- One of these people, in a process of its own


class Person:
    def __init__(self, options):
        self.options, self.turns, self.old, self.asked = options, 0, [], 0
        self.until = time.monotonic() + options.seconds
        ports = options.ports.split(",")
        self.connections = [HTTPConnection("127.0.0.1", int(port), timeout=60) for port in ports]

    def goes_on(self):
        return self.turns < self.options.turns or time.monotonic() < self.until

    def saved(self, number):
        """The last turn of an editor that is committed; 0 before the first."""
        try:
            return int((Path(self.options.folder) / f"saved-{number}").read_text() or 0)
        except FileNotFoundError:
            return 0

    def look(self, number, least):
        """Ask a host for the title of an editor, which must not be older than `least`."""
        connection = self.connections[self.asked % len(self.connections)]
        self.asked += 1
        page = get(connection, f"/jobs/?q=keeper{number}").decode()
        shown = re.search(rf"Turn (\d+) of <mark>keeper{number}</mark>", page)
        if (int(shown[1]) if shown else 0) < least:
            self.old.append([number, least, shown and shown[1]])

    def edit(self):
        import django

        django.setup()
        from django.utils import timezone

        from careers.postings.models import Employer, Posting

        number, employer = self.options.number, Employer.objects.earliest("pk")
        fields = {"employer": employer, "description": "Work.", "status": "published", "publish_at": timezone.now()}
        posting = Posting.objects.create(title=f"Turn 0 of keeper{number}", **fields)
        while self.goes_on():
            self.turns += 1
            posting.title = f"Turn {self.turns} of keeper{number}"
            posting.save()
            (Path(self.options.folder) / f"saved-{number}").write_text(str(self.turns))
            self.look(number, self.turns)
            if self.turns % PASSING == 0:
                Posting.objects.create(title=f"Passing {self.turns}", **fields).delete()

    def read(self):
        while self.goes_on():
            self.turns += 1
            number = (self.turns + self.options.number) % self.options.editors
            self.look(number, self.saved(number))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, usual in (("seconds", 30), ("editors", 4), ("readers", 4), ("turns", 0), ("number", 0)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    for name in ("as", "ports", "folder"):  # how the people of a trial are started
        parser.add_argument(f"--{name}", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if act := vars(options)["as"]:
        person = Person(options)
        getattr(person, act)()
        print(json.dumps({"as": act, "turns": person.turns, "asked": person.asked, "old": person.old}))
        return
    with tempfile.TemporaryDirectory() as folder:
        told = trial(Path(folder), editors=options.editors, readers=options.readers, seconds=options.seconds)
    for act, words in (("edit", "saves"), ("read", "reads")):
        turns = [said["turns"] for said in told["said"] if said["as"] == act]
        print(f"{words:9} {sum(turns):6,} by {len(turns)} in {options.seconds} s")
    old, asked = (sum(many) for many in zip(*((len(said["old"]), said["asked"]) for said in told["said"]), strict=True))
    print(f"too old   {old:6,} of {asked:,} answers")
    for number, counts in enumerate(told["hosts"], 1):
        print(f"host {number}   ", ", ".join(f"{value} {name}" for name, value in counts.items()))


if __name__ == "__main__":
    main()
