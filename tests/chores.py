"""测试用的任务：on the path of the tests and of the worker processes they start alike."""

import time
from pathlib import Path

from gongkai.errors import NotAllowed
from gongkai.jobs.tasks import job


def _note(path, line):
    with Path(path).open("a") as notes:
        notes.write(f"{line}\n")


@job()
def chore(path, number, seconds=0.0):
    """Leaves a line when it begins and one when it ends."""
    _note(path, f"begin {number}")
    time.sleep(seconds)
    _note(path, f"end {number}")
    return number


@job(attempts=2)
def stumble(path):
    """Fails, each time."""
    _note(path, "stumble")
    raise OSError("磁盘已满")


@job()
def refuse():
    """Is refused, and would be again."""
    raise NotAllowed("文件已经撤下，不能发布。")


@job()
async def slowly(number):
    """A coroutine is a task too."""
    return number + 1


@job()
def strange():
    """Gives back what no JSON can hold."""
    return object()


@job()
def add(one, other):
    """The least a job can do."""
    return one + other
