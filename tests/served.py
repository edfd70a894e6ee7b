"""一个开着的网站：plain functions to start the real commands, for the tests in a browser."""

import os
import socket
import sys
from pathlib import Path

#: Seconds for what must come; it is the machine that is slow, not the site.
PATIENCE = 300
COMMAND = Path(sys.executable).with_name("gongkai")


def free_port():
    """A port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def environment(folder):
    """The settings of the site under test."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GONGKAI_", "DJANGO_", "PYTEST_"))
    }
    return kept | {"GONGKAI_HOME": str(folder), "GONGKAI_DEMO": "1"}
