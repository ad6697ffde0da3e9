"""The dullest valid object of each model. Variations are traits."""

from .pages import *  # noqa: F403
from .people import *  # noqa: F403
from .postings import *  # noqa: F403
from .resources import *  # noqa: F403
from .roles import *  # noqa: F403
from .subscriptions import *  # noqa: F403
