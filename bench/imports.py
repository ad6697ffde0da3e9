"""What each importer costs: seconds by the clock and of the processor, peak memory of a process of its own.

    python -m bench.imports [DATA_FOLDER]

DATABASE_URL names a PostgreSQL to make the database on; without it the database is SQLite. The database is empty at
first. Prints one line per run: dry, the first that writes, and the second, which changes nothing.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.served import ROOT, Site, free_port

MEBIBYTE = 2**20 / 1024  # ru_maxrss counts kibibytes
TARGET_SECONDS, TARGET_MEMORY = 60, 500


def imports(folder):
    """(command, its files) of the data that is there."""
    found = {
        "import_onet": [folder / "onet-29.3"],
        "import_oews": sorted((folder / "bls-oews").glob("*.xlsx")),
        "import_projections": [folder / "bls-ep" / "occupation.xlsx"],
    }
    return [(command, list(map(str, paths))) for command, paths in found.items() if paths and paths[0].exists()]


def measure(site, *arguments):
    """(seconds, seconds of the processor, peak memory in MiB, last line of the report)"""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, output
    seconds = time.perf_counter() - begin
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MEBIBYTE, output.strip().splitlines()[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    print(f"target: under {TARGET_SECONDS} s and {TARGET_MEMORY} MiB for all of O*NET")
    print(f"{'import':34} {'seconds':>8} {'CPU':>6} {'MiB':>6}  what it said last")
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), free_port())
        site.manage("migrate", "--verbosity=0")
        for command, paths in imports(options.folder):
            for run, flags in (("dry", []), ("first", ["--commit"]), ("second", ["--commit"])):
                seconds, busy, memory, said = measure(site, command, *paths, *flags)
                print(
                    f"{f'{command} ({len(paths)}), {run}':34} {seconds:8.1f} {busy:6.1f} {memory:6.0f}  {said}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
