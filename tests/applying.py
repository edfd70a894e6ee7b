"""网上申请：plain functions that walk the three steps as a browser without script does."""

from django.core.files.uploadedfile import SimpleUploadedFile

from asked import IDENTITY
from made_files import make_png

WANTED = {
    "sort": "disclosure",
    "organ": "石家庄市财政局",
    "subject": "2024年部门预算",
    "wanted_number": "",
    "description": "财政局2024年部门预算全文",
}
APPLICANT = {
    "category": "person",
    "name": "张三丰",
    "identity": "resident",
    "identity_number": IDENTITY,
    "phone": "13800138000",
    "email": "",
    "address": "",
    "postcode": "",
    "form": "electronic",
    "delivery": "online",
    "joint": "0",
}


def scan(name="身份证.png"):
    """A scan of an identity card."""
    return SimpleUploadedFile(name, make_png())


def step(client, number, told, *, go="next", follow=True):
    """Send one step off."""
    return client.post(f"/apply/{number}/", {**told, "go": go}, follow=follow)


def first(client, *, go="none", **changes):
    """What is wanted; whatever is public already is not it."""
    return step(client, 1, WANTED | changes, go=go)


def second(client, **changes):
    """Who asks, with a proof of identity."""
    return step(client, 2, {"proof": scan()} | APPLICANT | changes)


def send(client, *, follow=True):
    """It is true; off it goes."""
    return step(client, 3, {"true": "on"}, follow=follow)


def apply(client, **wanted):
    """All three steps; the receipt."""
    first(client, **wanted)
    second(client)
    return send(client)


def track(client, application):
    """Open it by number and code."""
    told = {"number": application.number, "code": application.code.open()}
    return client.post("/track/", told, follow=True)
