"""保管期限：what is due, what goes, what stays; no trace of the person anywhere afterwards."""

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from asked import IDENTITY, answer, make_office, make_people, make_request, person
from gongkai.applications import finding
from gongkai.applications.actions import retaining, serving
from gongkai.applications.actions.archiving import archive, check_archive
from gongkai.applications.actions.consulting import consult, lapse_opinion, note_delivery
from gongkai.applications.actions.conversing import rate, say
from gongkai.applications.actions.papers import Sending
from gongkai.applications.actions.receiving import Sent, attach
from gongkai.applications.clock import standing_of
from gongkai.applications.models import (
    Applicant,
    Application,
    Attachment,
    Disposal,
    Office,
    Paper,
)
from gongkai.applications.states import Attached
from gongkai.errors import BadDate, BadInput, NotAllowed
from gongkai.files.models import Blob
from gongkai.law.events import Channel, Whom
from gongkai.notices.models import Notice
from gongkai.organs.states import Duty
from gongkai.trail.actions import verify
from gongkai.trail.models import Step
from made_files import make_png

pytestmark = pytest.mark.django_db
NAME, PHONE = "金丝雀翠花", "13912345678"
MAIL, ADDRESS = "canary@birdcage.example", "石家庄市长安区鸟笼胡同77号"
THIRD = "第三方鹦鹉公司"
CANARIES = (NAME, "金丝雀", PHONE, MAIL, "birdcage", "鸟笼胡同", IDENTITY, THIRD, "法人翠鸟")


@pytest.fixture
def organ():
    return make_office("石家庄市档案局")


@pytest.fixture
def people(organ):
    return make_people(organ)


@pytest.fixture
def clerk(people):
    return people[Duty.DISCLOSURE]


def closed(organ, people, *, years=0, days=1, **fields):
    """A whole life, full of what tells of a person, closed so long ago."""
    clerk = people[Duty.DISCLOSURE]
    asker = person(
        NAME,
        phone=PHONE,
        email=MAIL,
        address=ADDRESS,
        contact="法人翠鸟",
        representative="法人翠鸟",
    )
    one = make_request(
        organ, clerk, persons=[asker], channel=Channel.POST_SIGNED,
        subject=f"{NAME}的2024年部门预算",
        description=f"我叫{NAME[:2]} {NAME[2:]}，电话 139-1234-5678，住{ADDRESS}", **fields,
    )  # fmt: skip
    finding.put([one])
    attach(one, Sent(Attached.IDENTITY, make_png(a=NAME), f"{NAME}身份证.png"), by=clerk)
    attach(one, Sent(Attached.REQUEST, make_png(b=NAME), f"{NAME}的附件.png"), by=clerk)
    consult(
        one, by=clerk, whom=Whom.THIRD_PARTY, name=THIRD, information="部门预算的合同附件",
        sending=Sending(on=date(2025, 3, 5), tracking="XA11111111113"), address=ADDRESS,
        phone="031188886666",
    )  # fmt: skip
    asked = one.consultations.get()
    note_delivery(asked, by=clerk, on=date(2025, 3, 7))
    asked.refresh_from_db()
    lapse_opinion(asked, by=clerk, on=date(2025, 4, 1))
    one.refresh_from_db()
    say(one, f"{NAME}：请打{PHONE}", by=None)
    answer(one, people, date(2025, 4, 2))
    rate(one, 5, f"{NAME}很满意")
    Notice.objects.create(
        key=f"{one.pk}:{Notice.objects.count()}", subject=one._meta.label_lower,
        subject_id=f"{one.pk}", audience="applicant", channel="email", address=MAIL,
        title="有新的文书", body=f"{NAME}您好",
    )  # fmt: skip
    serving.close(one, by=clerk)
    day = retaining._before(timezone.localdate(), years) - timedelta(days=days)
    Application.objects.filter(pk=one.pk).update(closed_on=day)
    one.refresh_from_db()
    return one


def everything():
    """Every text of every column of every table, and every file of the store."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    if isinstance(value, str | bytes):
                        text = value if isinstance(value, str) else value.decode("utf-8", "replace")
                        yield table, text.encode("utf-8").decode("unicode_escape", "replace")
                        yield table, text


def opened():
    """What is sealed, opened: nothing of it may be there in any form."""
    for model in (Applicant, Application):
        for row in model.objects.all():
            for field in row._meta.concrete_fields:
                value = getattr(row, field.attname)
                if hasattr(value, "open"):
                    yield model.__name__, value.open()


def traces():
    return sorted(
        {
            (table, canary)
            for table, text in (*everything(), *opened())
            for canary in CANARIES
            if canary in text
        }
    )


def stored():
    found, folders = [], [""]
    while folders:
        folder = folders.pop()
        if not default_storage.exists(folder):
            continue
        inside, files = default_storage.listdir(folder)
        folders += [f"{folder}/{one}".strip("/") for one in inside]
        found += [f"{folder}/{one}" for one in files]
    return set(found)


def test_after_anonymising_nothing_tells_who_asked(
    organ, people, clerk, django_capture_on_commit_callbacks
):
    before = stored()
    one = closed(organ, people, years=10)
    archive(one, by=clerk)
    assert traces()
    assert len(stored() - before) == 3

    with django_capture_on_commit_callbacks(execute=True):
        kept = retaining.anonymise([one], by=clerk, reason="保管期满")

    assert traces() == []
    assert stored() == before
    assert Blob.objects.count() == 0
    one.refresh_from_db()
    assert (one.applicant_name, one.person_key, one.text_key) == ("已匿名化", "", "")
    assert finding.find("金丝雀", [organ.pk], named=True).keys == []
    assert verify() is None
    assert kept.sha256 == retaining.digest_of(kept.items)


def test_the_figures_stay(organ, people, clerk):
    one = closed(organ, people, years=10)
    told = standing_of(one).answered_on, one.outcome, one.category, one.received_on, one.due_on

    retaining.anonymise([one], by=clerk, reason="保管期满")

    one = Application.objects.get(pk=one.pk)
    now = standing_of(one).answered_on, one.outcome, one.category, one.received_on, one.due_on
    assert now == told
    assert one.anonymised_on == timezone.localdate()
    assert one.applicants.get().category == one.category


def test_papers_keep_their_seal_and_lose_their_names(organ, people, clerk):
    one = closed(organ, people, years=10)
    fixed = one.papers.filter(state=Paper.State.FIXED)
    keys, seals = list(fixed.values_list("pk", flat=True)), set(fixed.values_list("sha256"))

    retaining.anonymise([one], by=clerk, reason="保管期满")

    papers = one.papers.filter(pk__in=keys)
    assert set(papers.values_list("sha256")) == seals
    assert set(papers.values_list("state", flat=True)) == {Paper.State.ERASED}
    assert "予以公开" in one.replies.get().paper.title


def test_the_proof_lists_what_went_and_says_nothing_of_it(organ, people, clerk):
    one = closed(organ, people, years=10)
    scan = one.attachments.get(sort=Attached.IDENTITY).blob.sha256

    kept = retaining.anonymise([one], by=clerk, reason="保管期满")

    assert {"number": one.number, "what": "身份证明", "count": 1, "sha256": scan,
            "size": kept.items[0]["size"]} in kept.items  # fmt: skip
    assert any(item["what"] == "申请人" for item in kept.items)
    assert not any(word in str(kept.items) for word in CANARIES)
    step = Step.objects.of(kept).get()
    assert kept.sha256 in step.note
    assert step.by_name == clerk.display_name


def test_the_preview_changes_nothing_and_tells_the_same(organ, people):
    one = closed(organ, people, years=10)
    before = traces()
    (line,) = retaining.preview([one])
    assert traces() == before
    assert line.things["身份证明"] == 1
    assert line.things["申请人"] == 1
    assert line.things["留言"] == 1
    assert line.until == retaining.years_after(one.closed_on, 10)


def test_only_what_is_over_is_due(organ, people):
    over = closed(organ, people, years=10)
    closed(organ, people, years=10, days=0)
    disputed = closed(organ, people, years=10)
    Application.objects.filter(pk=disputed.pk).update(disputed=True)
    assert list(retaining.due_applications(organ)) == [over]


def test_an_office_above_gives_its_years(organ, people):
    one = closed(organ, people, years=3)
    assert list(retaining.due_applications(organ)) == []
    Office.objects.create(organ=organ.parent, keep_years=3)
    organ.__dict__.pop("_application_office")
    assert list(retaining.due_applications(organ)) == [one]


def test_before_its_time_nothing_goes(organ, people, clerk):
    one = closed(organ, people, years=2)
    with pytest.raises(NotAllowed, match="还没有期满"):
        retaining.anonymise([one], by=clerk, reason="想清空")
    assert one.applicants.get().name == NAME


def test_all_or_none(organ, people, clerk):
    first, second = closed(organ, people, years=10), closed(organ, people, years=2)
    with pytest.raises(NotAllowed, match=second.number):
        retaining.anonymise([first, second], by=clerk, reason="保管期满")
    assert Application.objects.filter(anonymised_on__isnull=False).count() == 0
    assert Disposal.objects.count() == 0


def test_a_reason_and_the_duty_are_wanted(organ, people, clerk):
    one = closed(organ, people, years=10)
    with pytest.raises(BadInput, match="理由"):
        retaining.anonymise([one], by=clerk, reason=" ")
    with pytest.raises(NotAllowed, match="信息公开机构"):
        retaining.anonymise([one], by=people[Duty.LEGAL], reason="期满")


def test_what_is_still_needed_is_kept_longer(organ, people, clerk):
    one = closed(organ, people, years=10)
    until = timezone.localdate() + timedelta(days=365)
    retaining.postpone(one, by=clerk, until=until, reason="有关诉讼尚未终结")
    assert list(retaining.due_applications(organ)) == []
    assert retaining.kept_until(one) == until
    assert Step.objects.of(one).last().label == "延长保管"
    with pytest.raises(BadDate):
        retaining.postpone(one, by=clerk, until=timezone.localdate(), reason="再留一留")


def test_scans_go_when_their_days_are_over(
    organ, people, clerk, django_capture_on_commit_callbacks
):
    one = closed(organ, people, days=180 + 1)
    fresh = closed(organ, people, days=180)
    scan = one.attachments.get(sort=Attached.IDENTITY)
    assert list(retaining.due_scans(organ)) == [scan]

    with django_capture_on_commit_callbacks(execute=True):
        kept = retaining.erase_scans(organ, by=clerk, reason="保留180天届满")

    assert [item["sha256"] for item in kept.items] == [scan.blob.sha256]
    assert not one.attachments.filter(sort=Attached.IDENTITY).exists()
    assert one.attachments.filter(sort=Attached.REQUEST).exists()
    assert fresh.attachments.filter(sort=Attached.IDENTITY).exists()
    assert retaining.erase_scans(organ, by=clerk, reason="再来一次") is None


def test_a_scan_another_request_still_has_stays_in_the_store(
    organ, people, clerk, django_capture_on_commit_callbacks
):
    closed(organ, people, days=181)
    fresh = closed(organ, people, days=10)
    with django_capture_on_commit_callbacks(execute=True):
        retaining.erase_scans(organ, by=clerk, reason="期满")
    kept = fresh.attachments.get(sort=Attached.IDENTITY)
    assert kept.blob.is_sound()


def test_the_machine_removes_scans_only_where_the_office_chose_so(organ, people):
    one = closed(organ, people, days=181)
    assert retaining.erase_by_themselves() == 0
    assert Attachment.objects.filter(application=one, sort=Attached.IDENTITY).exists()

    Office.objects.create(organ=organ, scans_go_themselves=True)
    assert retaining.erase_by_themselves() == 1
    assert Disposal.objects.get().by_name == "系统"
    assert retaining.erase_by_themselves() == 0


def test_the_archive_stays_sound_when_the_scans_are_gone(organ, people, clerk):
    one = closed(organ, people, days=181)
    archive(one, by=clerk)
    retaining.erase_scans(organ, by=clerk, reason="期满")
    assert all(proof.sound for proof in check_archive(one))
