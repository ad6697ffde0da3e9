"""The production server as `make run` starts it."""

import os
import signal
import urllib.request

import pytest

from bench.served import Site, free_port

TIMES = 3  # a server that hears Ctrl-C in the wrong way stops every other time


@pytest.mark.looks  # no matter which database
def test_it_stops_at_control_c_after_it_has_answered(tmp_path):
    def heard():
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    for number in range(TIMES):
        site = Site(tmp_path, free_port(), workers=2)
        if number == 0:
            site.prepare()
        site.start(start_new_session=True, preexec_fn=heard)
        try:
            with urllib.request.urlopen(f"{site.url}/robots.txt") as answer:
                assert answer.status == 200
            os.killpg(site.process.pid, signal.SIGINT)  # as a terminal does: to all processes of the group
            site.process.communicate(timeout=60)
            assert site.process.returncode == 0
        finally:
            site.stop()
