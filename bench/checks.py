"""The check panel over real postings: seconds, findings by rule, and whether gender coding leans as genderdecoder3 says.

    python -m bench.checks [FOLDER] [--show RULE] [--sample N]

FOLDER holds responses of the public Ashby board API. The postings are mapped in memory and nothing is kept. --show prints each
finding of a rule, --sample all findings of N postings taken at even distances.
"""

import argparse
import contextlib
import os
import time
import warnings
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT.parent / "shared" / "data" / "ashby-boards"
TARGET_SECONDS, TARGET_AGREEMENT = 30, 0.95
WIDTH = 150


def checked(subjects):
    """[(reading, its findings)] the seconds it took, and those of the processor."""
    from careers.postings.checks.rules import run_rules

    begin, of_processor = time.perf_counter(), time.process_time()
    found = [(subject, run_rules(subject)) for subject in subjects]
    return found, time.perf_counter() - begin, time.process_time() - of_processor


def agreement(subjects):
    """The part of the postings in which both say feminine, masculine or neither."""
    from careers.postings.checks.gender import direction

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package's own source
        from genderdecoder3 import assess
    texts = [f"{subject.title} {subject.text}" for subject in subjects]
    theirs = [assess(text)["result"].removeprefix("strongly ").removesuffix("-coded") for text in texts]
    ours = [direction(text) for text in texts]
    return sum(one == other for one, other in zip(ours, theirs, strict=True)) / len(texts), Counter(ours)


def print_findings(found, rule, sample):
    chosen = found[:: max(1, len(found) // sample)] if sample else found
    for subject, findings in chosen:
        shown = [finding for finding in findings if rule in ("", finding.rule)]
        if shown:
            print(f"\n{subject.employer}: {subject.title}")
        for finding in shown:
            print(f"  {finding.rule:22} {finding.field:16} {finding.sentence[:WIDTH]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--show", default="", metavar="RULE")
    parser.add_argument("--sample", type=int, default=0, metavar="N")
    options = parser.parse_args()
    set_up()
    from bench.boards import board_subjects

    subjects = board_subjects(options.folder, datetime.now(UTC))
    if not subjects:
        parser.exit(1, f"No boards in {options.folder}\n")
    found, seconds, of_processor = checked(subjects)
    if options.show or options.sample:
        print_findings(found, options.show, options.sample)
        return
    print(
        f"{len(subjects)} postings in {seconds:.1f} s, {of_processor:.1f} s of the processor (target: under {TARGET_SECONDS} s)"
    )
    rules = Counter(finding.rule for _, findings in found for finding in findings)
    postings = Counter(rule for _, findings in found for rule in {finding.rule for finding in findings})
    for rule, count in rules.most_common():
        print(f"  {rule:24} {count:5} findings in {postings[rule]:4} postings ({postings[rule] / len(subjects):.0%})")
    with contextlib.suppress(ImportError):
        share, directions = agreement(subjects)
        print(
            f"gender direction: {share:.1%} as genderdecoder3 (target: {TARGET_AGREEMENT:.0%}); ours: {dict(directions)}"
        )


def set_up():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.environ.setdefault("SECRET_KEY", "only-for-the-bench")
    import django

    django.setup()


if __name__ == "__main__":
    main()
