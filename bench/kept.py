"""What keeping pages is worth: requests a second of the same page, rendered and kept, in the same run.

    python -m bench.kept [--seconds 3]

Two portals with the same content run side by side, two workers each; the second keeps pages. Eight connections ask again as
soon as they are answered, in turns of the two. The goal is five times.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench.pages import GUIDE, throughput
from bench.served import Site, free_port

CONNECTIONS = 8
ROUNDS = 3
PAGES = ["/", "/jobs/", GUIDE, "/roles/", "/resources/", "/occupations/", "/sources/"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3)
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sites = [Site(folder, free_port(), workers=2, kept_megabytes=megabytes) for megabytes in (0, 32)]
        sites[0].prepare()
        for site in sites:
            site.environment["DATABASE_URL"] = sites[0].environment["DATABASE_URL"]
            site.start()
            stack.callback(site.stop)
        print(f"{'page':40} {'rendered':>9} {'kept':>9} {'ratio':>7}   requests a second")
        for path in PAGES:
            turns = [
                [throughput(site.port, path, options.seconds, CONNECTIONS) for site in sites] for _ in range(ROUNDS)
            ]
            rendered, kept = (max(speeds) for speeds in zip(*turns, strict=True))
            print(f"{path[:40]:40} {rendered:9.0f} {kept:9.0f} {kept / rendered:6.1f}x")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
