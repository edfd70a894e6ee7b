"""The one command: started, interrupted as a terminal does, and nothing is left running."""

import os
import signal
import subprocess
import time
import urllib.request
from contextlib import contextmanager, suppress

from served import COMMAND, PATIENCE, environment, free_port


def test_one_interrupt_stops_the_site_and_its_worker(home):
    with serving(home) as server:
        # Ctrl-C reaches every process of the terminal at once.
        os.killpg(server.pid, signal.SIGINT)

        server.wait(PATIENCE)
        until(lambda: members(server.pid) == [], "the end of all of them")


def test_a_worker_of_the_site_that_dies_is_followed_by_another(home):
    with serving(home) as server:
        [first] = workers(server.pid)

        os.kill(first, signal.SIGKILL)

        until(lambda: workers(server.pid) not in ([], [first]), "another worker")


@contextmanager
def serving(home):
    """The site, as the command starts it, with what it starts in a group of its own."""
    port = free_port()
    server = subprocess.Popen(
        [COMMAND, "serve", "--port", str(port)],
        env=environment(home),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: answers(port), "the site")
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30):
            return True
    except OSError:
        return False


def members(group, *options):
    """Processes of the group that run."""
    command = ["pgrep", "-g", str(group), *options]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]


def workers(group):
    return members(group, "-f", "gongkai.jobs")


def until(holds, what):
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.1)
