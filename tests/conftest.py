"""What the tests share: examples that are the same each time, and a clean slate for the site."""

import pytest
from hypothesis import HealthCheck, settings

# A change is judged by itself: not by luck with the examples nor by how busy the machine is.
# `pytest --hypothesis-profile=default` looks for new examples.
settings.register_profile(
    "house", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _nothing_is_remembered(request):
    """What a process keeps between pages must not pass from one test to the next.

    Keys given out again after a rollback would otherwise find the page of another test.
    """
    if request.node.get_closest_marker("django_db"):
        from django.core.cache import cache

        from gongkai.search import table

        cache.clear()
        table.forget()


@pytest.fixture(autouse=True)
def _trail_can_be_emptied(request):
    """After a test with real transactions every table is emptied; the trail refuses that.

    The guard is lifted just before, and laid down again by the signal that follows the emptying.
    """
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    yield
    from gongkai.trail import guard

    guard.lift()
