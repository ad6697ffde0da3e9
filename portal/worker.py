"""The WSGI application as the server's workers import it, each in its own process group.

Ctrl-C in a terminal signals the whole process group, and a worker that is stopped twice, by the terminal and by the server, may
hang. In its own process group a worker is only stopped by the server.
"""

import os

os.setpgid(0, 0)

from portal.wsgi import application  # noqa: E402, F401
