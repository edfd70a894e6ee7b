"""一座小城：plain functions that make the people and organs a test needs, free of surprises."""

from itertools import count

from gongkai.organs.models import Organ, Role, Staff
from gongkai.organs.states import Duty, Kind

_numbers = count(1)


def make_organ(name="", *, parent=None, kind=Kind.DEPARTMENT, **fields):
    """A department, unless told otherwise."""
    return Organ.objects.create(
        name=name or f"第{next(_numbers)}局", parent=parent, kind=kind, **fields
    )


def make_staff(name="", *duties, organ=None, **fields):
    """A person with these duties at the organ; with none given, an organ is made too."""
    number = next(_numbers)
    usual = {"username": f"staff{number}", "must_change_password": False}
    staff = Staff(name=name or f"第{number}人", organ=organ or make_organ(), **(usual | fields))
    staff.set_unusable_password()
    staff.save()
    for duty in duties:
        Role.objects.create(staff=staff, organ=staff.organ, duty=Duty(duty))
    return staff
