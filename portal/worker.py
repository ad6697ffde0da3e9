"""The application as the server's workers import it, each in its own process group and ending with the server.

Ctrl-C in a terminal signals the whole process group, and a worker that is stopped twice, by the terminal and by the server, may
hang. In its own process group a worker is only stopped by the server. A server that is killed stops nobody, and its workers
would keep the port: they end by themselves.
"""

import multiprocessing
import os
import signal
import threading
import time
from multiprocessing.process import BaseProcess

os.setpgid(0, 0)

SECONDS_TO_FINISH = 10  # as long as the server waits for a worker before it kills it


def end_with(server: BaseProcess) -> None:
    server.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_TO_FINISH)
    os._exit(1)


if server := multiprocessing.parent_process():
    threading.Thread(target=end_with, args=(server,), daemon=True).start()

from django.conf import settings  # noqa: E402

from portal.rsgi import Application  # noqa: E402
from portal.wsgi import application as wsgi_application  # noqa: E402

application = Application(wsgi_application, settings.THREADS)
