"""How often what goes wrong by chance is tried: a little in every run, at full size by `make chaos`."""

import os

AT_FULL_SIZE = bool(os.environ.get("CHAOS"))


def many(usual, *, chaos):
    return chaos if AT_FULL_SIZE else usual
