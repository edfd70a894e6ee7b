"""打印件：a published report as DOCX, PDF and XLSX, made once, when published or asked for."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from gongkai.annual.exchange import load
from gongkai.annual.write import write
from gongkai.documents.actions.proclaiming import enclose
from gongkai.errors import NotInstalled
from gongkai.files.actions import keep
from gongkai.files.kinds import Kind
from gongkai.jobs.tasks import job
from gongkai.reporting.models import Filing, Print
from gongkai.reporting.states import State

#: 格式：what a report is printed as; the others are written as they are asked for.
FORMS = {"docx": "Word 文档", "pdf": "PDF 文件", "xlsx": "Excel 工作簿"}


def printed(filing: Filing, form: str) -> Print:
    """打印件：of a published version; made if it is not there yet, and kept.

    Raises NotInstalled for PDF without Chinese fonts on the system.
    """
    found = filing.prints.select_related("blob").filter(form=form).first()
    if found is not None:
        return found
    blob = keep(write(load(filing.frozen), form), Kind(form), sealed=False)
    place = list(FORMS).index(form)
    try:
        with transaction.atomic():
            return Print.objects.create(
                filing=filing, form=form, blob=blob, name=f"{filing}.{form}", title=FORMS[form],
                order=place,
            )  # fmt: skip
    except IntegrityError:  # another was a moment faster
        return filing.prints.select_related("blob").get(form=form)


@job()
def print_report(filing_id: int) -> int:
    """印制：every format of a report, and with its own attachments to the document it stands as.

    A version replaced or taken down in the meantime is left as it is. Returns how many files the
    document has now.
    """
    filing = Filing.objects.public().select_related("document").filter(pk=filing_id).first()
    if filing is None:
        return 0
    made = []
    for form in FORMS:
        try:
            made.append(printed(filing, form))
        except NotInstalled:
            continue  # without fonts there is no PDF; the page says so to who asks for it
    if filing.document is None or filing.state != State.PUBLISHED:
        return 0
    attached = filing.files.filter(inside=False).select_related("blob")
    files = [(one.blob, one.name, one.name) for one in made]
    files += [(one.blob, one.name, one.title) for one in attached]
    enclose(filing.document, files)
    return len(files)
