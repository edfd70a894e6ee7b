"""一页问几次库：lists of organs, as often for sixty as for ten."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from city import make_organ, make_staff

pytestmark = pytest.mark.django_db
FEW, MANY = 10, 60
MOST = 8


def asked(client, address):
    """How often the database is asked for a page, with nothing left from a page before."""
    client.get(address)  # what is read once a process is read
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(queries)


def found(count, above):
    """So many organs more, each with a person."""
    for _ in range(count):
        make_staff("", "draft", organ=make_organ(parent=above))


@pytest.mark.parametrize("address", ["/", "/organs/", "/organs/{above}/", "/sitemap/"])
def test_a_list_of_organs_asks_no_more_for_more_of_them(client, address):
    above = make_organ("石州市人民政府办公室")
    address = address.format(above=above.pk)

    found(FEW, above)
    few = asked(client, address)
    found(MANY - FEW, above)

    assert asked(client, address) == few <= MOST


@pytest.mark.parametrize("address", ["/desk/organs/", "/desk/organs/people/"])
def test_the_lists_of_the_administrator_ask_no_more_either(client, settings, address):
    settings.DEMO = True  # no second factor to be asked for
    above = make_organ("石州市人民政府办公室")
    client.force_login(make_staff("管理员", "system", organ=above))

    found(FEW, above)
    few = asked(client, address)
    found(MANY - FEW, above)

    assert asked(client, address) == few <= MOST
