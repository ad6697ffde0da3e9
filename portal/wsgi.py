import gc
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

# A page allocates tens of thousands of objects, nearly all freed by reference counting. Collecting cycles after every 700
# allocations (the default) takes 3 % of its time.
gc.set_threshold(10_000)

django.setup(set_prefix=False)

from careers.geo.place_names import load_names  # noqa: E402
from portal.utf8_request import Utf8Handler  # noqa: E402

application = Utf8Handler()

load_names()  # takes half a second, which the first search of a worker would wait for
