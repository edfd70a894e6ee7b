"""网站进程：the application as each worker of `gongkai serve` loads it.

Ctrl-C reaches every process of the terminal. The master tells its workers to finish; a worker that
heard of it twice would not end at all, so workers are deaf to it.
"""

from __future__ import annotations

import signal

if hasattr(signal, "pthread_sigmask"):  # not on Windows
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

from gongkai.wsgi import application

__all__ = ["application"]
