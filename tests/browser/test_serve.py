"""The one command: started, interrupted as a terminal does, and nothing is left running."""

import os
import signal
import subprocess
import time
import urllib.request

from served import COMMAND, environment, free_port


def test_one_interrupt_stops_the_site_and_its_worker(home, tmp_path):
    port = free_port()
    server = subprocess.Popen(
        [COMMAND, "serve", "--port", str(port)],
        env=environment(home),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _wait_until_up(port)

    # Ctrl-C reaches every process of the terminal at once.
    os.killpg(server.pid, signal.SIGINT)

    server.wait(20)
    assert _members(server.pid) == []


def _wait_until_up(port):
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the site did not come up")


def _members(group):
    """Processes of the group that still run, a moment after its leader has gone."""
    for _ in range(100):
        found = subprocess.run(["pgrep", "-g", str(group)], capture_output=True, text=True)
        if not found.stdout.strip():
            return []
        time.sleep(0.1)
    return found.stdout.split()
