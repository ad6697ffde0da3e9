"""The portal's own settings and middleware around views that do nothing: the yardstick of bench/pages.py."""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare_urls"
