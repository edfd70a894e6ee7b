"""What the tests of the site share; the pure tests need nothing from here."""

import pytest


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
