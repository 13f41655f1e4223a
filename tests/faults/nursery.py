"""Brings up senders quickly: loads the portal once, then forks a process for each `deliver_mail` that is asked for.

Each child is a process of its own that runs the real command with a connection of its own; it only saves the second that
Python takes to load everything, a hundred times. Reads a line for each child, and answers with its number.
"""

import os
import signal
import sys

import django
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    django.setup()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    for _asked in sys.stdin:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(2, 1)
            execute_from_command_line(["manage.py", "deliver_mail"])
            os._exit(0)
        print(pid, flush=True)  # noqa: T201
