"""The application as the server's workers load it, each in a process group of its own.

Ctrl-C in a terminal reaches every process of the group at once, and a worker that is told to stop twice, by the terminal and by
the server, may wait for ever. So only the server hears it, and stops its workers.
"""

import os

os.setpgid(0, 0)

from portal.wsgi import application  # noqa: E402, F401
