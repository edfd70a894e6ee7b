"""匿名化：what of a case is forgotten with its request, and what stays."""

import io
import zipfile
from datetime import date

import pytest

from disputed import decide, make_dispute, make_disputed, paper
from gongkai.applications.actions import retaining, serving
from gongkai.applications.actions.archiving import archive
from gongkai.applications.models import Application
from gongkai.disputes.actions import ruling
from gongkai.disputes.actions.keeping import forget_people
from gongkai.disputes.models import Attachment, Dispute
from gongkai.disputes.states import Attached
from gongkai.files.models import Blob
from gongkai.organs.states import Duty

pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture
def case():
    """A closed case about a closed request; somebody else sues."""
    _, people, application = make_disputed()
    clerk = people[Duty.DISCLOSURE]
    one = make_dispute(application.organ, clerk, application=application, claimant="欧阳震华",
                       sent=[paper(Attached.COPY)])  # fmt: skip
    decide(one, clerk, "r68", date(2025, 7, 1), note="张三丰的理由不成立")
    ruling.learn(one, "张三丰不服", by=clerk)
    ruling.close(one, by=clerk)
    serving.close(application, by=clerk)
    return one


def anonymise(application):
    Application.objects.filter(pk=application.pk).update(closed_on=date(1990, 1, 1))
    application.refresh_from_db()
    by = application.handler
    retaining.anonymise([application], by=by, reason="保管期满")


def test_a_case_whose_request_is_kept_keeps_its_people(case):
    assert forget_people() == 0
    assert Dispute.objects.get(pk=case.pk).claimant == "欧阳震华"


def test_a_case_forgets_its_people_with_its_request(case, django_capture_on_commit_callbacks):
    (kept,) = case.attachments.all()
    with django_capture_on_commit_callbacks(execute=True):
        anonymise(case.application)
        assert forget_people() == 1
        assert forget_people() == 0

    after = Dispute.objects.get(pk=case.pk)
    assert (after.claimant, after.result, after.finding) == ("已匿名化", "upheld", "r68")
    assert "张三丰" not in f"{after.lessons}{after.rulings.get().note}"
    assert not Attachment.objects.exists()
    assert not Blob.objects.filter(pk=kept.blob_id).exists()


def test_a_request_with_a_case_goes_into_the_archive_with_it(case):
    clerk = case.application.handler
    application = Application.objects.get(pk=case.application_id)
    archive(application, by=clerk)

    package = application.attachments.get(sort="archive")
    with package.blob.open() as file, zipfile.ZipFile(io.BytesIO(file.read())) as pack:
        told = "".join(
            pack.read(name).decode() for name in pack.namelist() if name.endswith((".json", ".xml"))
        )
    assert case.number in told
