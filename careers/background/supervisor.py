"""Starts a process anew whenever it ends, until the parent of this process ends. Needs no Django, so it takes little memory.

python -m careers.background.supervisor COMMAND...
"""

import os
import subprocess
import sys
import time

LOOK_SECONDS = 0.5
PAUSE_SECONDS = 5  # between the end of the process and its next start
SECONDS_TO_FINISH = 10  # until a process that was asked to stop is killed


def keep_running(command: list[str], parent: int) -> None:
    while os.getppid() == parent:
        process = subprocess.Popen(command)
        while process.poll() is None and os.getppid() == parent:
            time.sleep(LOOK_SECONDS)
        if process.poll() is None:
            stop(process)
        else:
            time.sleep(PAUSE_SECONDS)


def stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_FINISH)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":
    os.setpgid(0, 0)  # Ctrl-C in a terminal ends the parent, whose end ends this
    keep_running(sys.argv[1:], os.getppid())
