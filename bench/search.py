"""The search at 10,000 to 1,000,000 postings beside two yardsticks in the same run: arrays in memory, and PostgreSQL full text.

    python -m bench.search 10k|100k|1M [--rounds 7] [--seconds 5] [--without-postgres] [--table docs/search.md]

The corpus (bench/corpus.py) is made where needed, the index built and edited, so that it has several segments. All three answer
the same questions in turns, and their answers are compared. Prints figures and ratios; --table writes them into that file too.
"""

import argparse
import os
import statistics
import sys
import time
from collections import defaultdict
from dataclasses import replace
from itertools import chain
from pathlib import Path

from tqdm import tqdm

from bench import corpus, mixed

EDITS = 12
MILLISECONDS, TIMES = 3, 2  # target: so much, and so many times the floor
THROUGHPUT_TIMES = 12
LARGEST = "1M"  # where fewer targets are set


# -- Engine, floor, PostgreSQL


class Contest:
    def __init__(self, size, address):
        from django.utils import timezone

        from bench.questions import question_of, searches

        self.size, self.address, self.at = size, address, timezone.now()
        self.searches = searches()
        self.questions = [question_of(search, self.at) for search in self.searches]
        self.fulltext = None

    def prepare(self):
        """Build and edit the index, then fill the yardsticks from the same documents."""
        from careers.search import sync

        begin = time.perf_counter()
        sync.rebuild()
        self.build_seconds = time.perf_counter() - begin
        self.edit()
        from bench.floor import Floor

        facets = list(
            dict.fromkeys(name for question in self.questions for name in (*question.facets, *question.filters))
        )
        facets = [name for name in facets if name != "posted"]
        self.floor = Floor(
            [word for question in self.questions for word in question.text.replace('"', "").split()], facets
        )
        documents = self.documents()
        if self.address:
            from bench.fulltext import FullText

            self.fulltext = FullText(self.address, facets, several={"country", "skill", "region", "city", "place"})
            documents = self.fulltext.fill(documents)
        for document in documents:
            self.floor.add(document)
        self.floor.finish()

    def edit(self):
        from careers.postings.models import Posting
        from careers.search import sync

        for posting in Posting.objects.live().order_by("-publish_at")[:EDITS]:
            posting.save()
            sync.current_index()

    @staticmethod
    def documents():
        from careers.postings.search_documents import documents, pks
        from careers.search.sync import BATCH_SIZE

        chosen = list(pks())
        for start in tqdm(range(0, len(chosen), BATCH_SIZE), desc="yardsticks", unit=" portions", leave=False):
            for document in documents(chosen[start : start + BATCH_SIZE]):
                facets = {name: tuple(values) for name, values in document.facets.items()}  # both yardsticks read them
                yield replace(document, facets=facets)

    def run(self, rounds):
        """{class: {side: [ms]}} and how many answers differ from the floor's."""
        from careers.search.parser import parse_clauses
        from careers.search.query import run_search

        times, self.faults = defaultdict(lambda: defaultdict(list)), []
        for number in tqdm(range(rounds + 1), desc="rounds", leave=False):
            for search, question in zip(self.searches, self.questions, strict=True):
                sides = {
                    "floor": lambda question=question: self.floor.answer(question, parse_clauses(question.text)),
                    "engine": lambda question=question: self.whole(run_search(question)),
                }
                if self.fulltext:
                    sides["postgres"] = lambda question=question: self.fulltext.answer(question)
                answers = {}
                for side, act in sides.items():
                    begin = time.perf_counter()
                    answers[side] = act()
                    if number:
                        times[search.kind][side].append((time.perf_counter() - begin) * 1000)
                if not number:
                    self.compare(search, question, answers)
        return times

    @staticmethod
    def whole(answer):
        """With its facets, which are counted beside the rest and waited for when they are looked at."""
        answer.facets  # noqa: B018
        return answer

    def compare(self, search, question, answers):
        total, pks, counts = answers["floor"]
        engine = answers["engine"]
        others = {"engine": (engine.total, engine.pks, engine.facets), "postgres": answers.get("postgres")}
        for side, other in others.items():
            if other is None:
                continue
            if other[0] != total or any(differ(counts[name], other[2][name], question.facet_size) for name in counts):
                self.faults.append((side, search.query, total, other[0]))
            if not question.text and other[1] != pks:
                self.faults.append((side, search.query, "order", pks[:3], other[1][:3]))

    def throughput(self, seconds):
        database = os.environ["DATABASE_URL"]
        ours = mixed.searches_a_second(mixed.engine, self.size, database, self.at, seconds=seconds)
        if not self.fulltext:
            return ours, {}
        asked = {
            words: [self.fulltext.statement(question, is_ranked) for question in self.questions]
            for words, is_ranked in (("one pass, ranked", True), ("the same, newest first", False))
        }
        return ours, {
            words: mixed.searches_a_second(mixed.fulltext, self.address, statements, seconds=seconds)
            for words, statements in asked.items()
        }


def differ(counts, others, options):
    """Whether counts differ; of equally filled values at the end of the list, either may be named."""
    ours, theirs = sorted(counts.values(), reverse=True)[:options], sorted(others.values(), reverse=True)[:options]
    both = counts.keys() & others.keys()
    return ours != theirs or any(counts[value] != others[value] for value in both)


# -- What is printed


class Table:
    def __init__(self):
        self.lines = []

    def add(self, *cells):
        self.lines.append(f"| {' | '.join(map(str, cells))} |")
        print("  ".join(f"{cell!s:>12}" if place else f"{cell!s:34}" for place, cell in enumerate(cells)), flush=True)

    def head(self, *cells):
        self.lines += ["", f"| {' | '.join(cells)} |", f"|---|{'---:|' * (len(cells) - 1)}"]
        print(
            "\n" + "  ".join(f"{cell:>12}" if place else f"{cell:34}" for place, cell in enumerate(cells)), flush=True
        )


def verdict(is_met):
    return "yes" if is_met else "**no**"


def print_engine(table, times):
    table.head(
        "median ms of one search",
        "floor",
        "engine",
        f"{MILLISECONDS} + {TIMES} × floor",
        "within",
        "PostgreSQL",
        "PostgreSQL ÷ engine",
    )
    for kind, sides in times.items():
        floor, engine = (statistics.median(sides[side]) for side in ("floor", "engine"))
        most = MILLISECONDS + TIMES * floor
        theirs = statistics.median(sides["postgres"]) if "postgres" in sides else None
        rest = [f"{theirs:.1f}", f"{theirs / engine:.1f}"] if theirs else ["–", "–"]
        table.add(kind, f"{floor:.1f}", f"{engine:.1f}", f"{most:.1f}", verdict(engine <= most), *rest)


def print_figures(table, figures):
    table.head("figure", "measured", "target", "met")
    for words, measured, target, is_met in figures:
        table.add(words, measured, target, "" if is_met is None else verdict(is_met))


def figures_of_pages(size, rounds):
    from bench import search_pages

    times, bare, sizes = search_pages.pages(size, rounds)
    median, late = search_pages.summary([ms for of_page in times.values() for ms in of_page])
    bare_median, _ = search_pages.summary(bare)
    counts = search_pages.queries()
    is_usual = size != LARGEST
    yield at_most("page, p50 of all classes, ms", median, 15 if is_usual else None, 1)
    yield at_most("page, p95, ms", late, 35 if is_usual else 150, 1)
    ratio = f"page ÷ bare list of 20 rows ({bare_median:.1f} ms)"
    yield at_most(ratio, median / bare_median, 1.2 if is_usual else None, 2)
    jobs, feed = search_pages.jobs_and_feed()
    times, bare, _ = search_pages.pages(size, rounds, [*jobs, feed])
    bare_median, _ = search_pages.summary(bare)
    of_jobs, _ = search_pages.summary([ms for address in jobs for ms in times[address]])
    of_feed, _ = search_pages.summary(times[feed])
    yield at_most(f"job ÷ bare list ({of_jobs:.1f} ms)", of_jobs / bare_median, 1.2 if is_usual else None, 2)
    yield at_most(f"feed of fifty ÷ bare list ({of_feed:.1f} ms)", of_feed / bare_median, 3 if is_usual else None, 2)
    yield at_most("database queries, most", max(counts.values()), 6)
    yield at_most("HTML compressed, most, kB", max(sizes.values()) / 1000, 20, 1)


def figures_of_writing(size):
    from bench import search_pages

    saves, answers, stale = search_pages.edits_over_http(size)
    first, second = search_pages.catching_up()
    yield at_most("answers older than a save, two workers", stale, 0)
    yield at_most("save of a posting, median ms", statistics.median(saves))
    yield at_most("page right after a save, median ms", statistics.median(answers))
    added = statistics.median(first) - statistics.median(second)
    yield at_most("added by the index after a save, median ms", added, 150)
    whole, own = search_pages.memory(size)
    yield at_most(f"memory of a worker, MB ({own:.0f} without mapped files)", whole, 250 if size != LARGEST else None)
    seconds, commits = search_pages.imported(size)
    yield at_most("10,000 postings written and found, s", seconds, 20, 1)
    yield at_most("index commits of these", commits, 1)


def at_most(words, measured, most=None, decimals=0):
    """(figure, measured, target, whether it is met); without a target it is told and not judged."""
    if most is None:
        return words, f"{measured:.{decimals}f}", "", None
    return words, f"{measured:.{decimals}f}", f"≤ {most}", measured <= most


def measure(size, options, table):
    contest = Contest(size, options.address)
    contest.prepare()
    print_engine(table, contest.run(options.rounds))
    ours, theirs = contest.throughput(options.seconds)
    figures = [("index built, s", f"{contest.build_seconds:.0f}", "", None)]
    for side, target in (("engine", "0"), ("postgres", "")):
        many = sum(fault[0] == side for fault in contest.faults)
        figures.append((f"answers of {side} that differ from the floor's", many, target, not many if target else None))
    for fault in contest.faults[:10]:
        print(*fault, file=sys.stderr)
    figures.append(("searches a second, four clients", f"{ours:.0f}", "", None))
    for (words, number), least in zip(theirs.items(), (THROUGHPUT_TIMES, None), strict=False):
        name = f"÷ PostgreSQL, {words} ({number:.0f} a second)"
        target = (f"≥ {least}", ours / number >= least) if least else ("", None)
        figures.append((name, f"{ours / number:.1f}", *target))
    contest.floor = None
    print_figures(table, chain(figures, figures_of_pages(size, options.rounds), figures_of_writing(size)))


def around(path, size):
    """The text before and after the table of this size. Raises OSError, or ValueError where the file has no marks for it."""
    begin, end = f"<!-- {size} -->", f"<!-- end of {size} -->"
    head, found, rest = path.read_text().partition(begin)
    _, found_end, tail = rest.partition(end)
    if not (found and found_end):
        raise ValueError(f"{path} needs the lines {begin} and {end}, between which the table goes")
    return head + begin, end + tail


def write(path, size, table):
    head, tail = around(path, size)
    path.write_text(head + "\n" + "\n".join(table.lines) + "\n\n" + tail)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", choices=corpus.SIZES)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--without-postgres", action="store_true")
    parser.add_argument("--table", type=Path)
    options = parser.parse_args()
    if options.table:
        try:
            around(options.table, options.size)
        except (OSError, ValueError) as error:
            parser.error(f"--table: {error}")
    corpus.use(options.size, KEPT_PAGES_MEGABYTES="0")
    options.address = None
    if not options.without_postgres:
        from bench import fulltext

        server = fulltext.server()
        options.address = server.get_uri()
    table = Table()
    measure(options.size, options, table)
    if options.table:
        write(options.table, options.size, table)


if __name__ == "__main__":
    main()
