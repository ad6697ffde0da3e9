"""The production server as `make run` starts it."""

import os
import signal
import urllib.request

import pytest

from bench.served import Site, free_port
from tests.chaos import many

TIMES = many(2, chaos=20)  # a server that hears Ctrl-C in the wrong way stops every other time


@pytest.mark.xdist_group("browser")
@pytest.mark.chaos
def test_it_stops_at_control_c_after_it_has_answered(site, tmp_path):
    def heard():
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    for _ in range(TIMES):
        another = Site(tmp_path, free_port(), workers=2, database=site.environment["DATABASE_URL"])
        another.start(start_new_session=True, preexec_fn=heard)
        try:
            with urllib.request.urlopen(f"{another.url}/robots.txt") as answer:
                assert answer.status == 200
            os.killpg(another.process.pid, signal.SIGINT)  # as a terminal does: to all processes of the group
            another.process.communicate(timeout=60)
            assert another.process.returncode == 0
        finally:
            another.stop()
