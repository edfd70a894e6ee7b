"""Tables that other programs took out of a report, whole, damaged, or torn apart."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from annual_strategies import make_report
from gongkai.annual import exchange, forms
from gongkai.annual.forms import TABLE_2, TABLE_3, TABLE_4, Form, Ref
from gongkai.annual.model import Undeterminable
from gongkai.annual.read import read_bytes
from gongkai.errors import BadInput, Unreadable

ROWS = {
    "newReceived": forms.NEW,
    "carriedOver": forms.CARRIED_IN,
    "results.granted": forms.GRANTED,
    "results.partialGrant": forms.PARTLY_GRANTED,
    "results.denied.stateSecret": forms.REFUSED[0],
    "results.denied.lawForbidden": forms.REFUSED[1],
    "results.denied.safetyStability": forms.REFUSED[2],
    "results.denied.thirdPartyRights": forms.REFUSED[3],
    "results.denied.internalAffairs": forms.REFUSED[4],
    "results.denied.processInfo": forms.REFUSED[5],
    "results.denied.enforcementCase": forms.REFUSED[6],
    "results.denied.adminQuery": forms.REFUSED[7],
    "results.unableToProvide.noInfo": forms.UNABLE[0],
    "results.unableToProvide.needCreation": forms.UNABLE[1],
    "results.unableToProvide.unclear": forms.UNABLE[2],
    "results.notProcessed.complaint": forms.NOT_PROCESSED[0],
    "results.notProcessed.repeat": forms.NOT_PROCESSED[1],
    "results.notProcessed.publication": forms.NOT_PROCESSED[2],
    "results.notProcessed.massiveRequests": forms.NOT_PROCESSED[3],
    "results.notProcessed.confirmInfo": forms.NOT_PROCESSED[4],
    "results.other.overdueCorrection": forms.OTHERWISE_THREE_ROWS[0],
    "results.other.overdueFee": forms.OTHERWISE_THREE_ROWS[1],
    "results.other.otherReasons": forms.OTHERWISE_THREE_ROWS[2],
    "results.totalProcessed": forms.RESULTS_TOTAL,
    "results.carriedForward": forms.CARRIED_OUT,
}
APPLICANTS = {
    "naturalPerson": forms.NATURAL_PERSON,
    "legalPerson.commercial": "商业企业",
    "legalPerson.research": "科研机构",
    "legalPerson.social": "社会公益组织",
    "legalPerson.legal": "法律服务机构",
    "legalPerson.other": "其他",
    "total": forms.TOTAL,
}
DISPUTES = {
    "review": forms.RECONSIDERATION,
    "litigationDirect": forms.DIRECT_SUIT,
    "litigationPostReview": forms.SUIT_AFTER_RECONSIDERATION,
}
RESULTS = {
    "maintain": "结果维持",
    "correct": "结果纠正",
    "other": "其他结果",
    "unfinished": "尚未审结",
    "total": forms.TOTAL,
}


def nested(figures):
    """``{"a.b": 1}`` → ``{"a": {"b": 1}}``."""
    tree = {}
    for path, figure in figures.items():
        *above, last = path.split(".")
        branch = tree
        for key in above:
            branch = branch.setdefault(key, {})
        branch[last] = figure
    return tree


def foreign(report):
    """The report as a program that knows only English keys extracted it."""
    requests = {
        f"{applicant}.{row}": report.tables[TABLE_3][ROWS[row]][APPLICANTS[applicant]]
        for applicant in APPLICANTS
        for row in ROWS
    }
    disputes = {
        f"{dispute}.{result}": report.tables[TABLE_4][DISPUTES[dispute]][RESULTS[result]]
        for dispute in DISPUTES
        for result in RESULTS
    }
    return {
        "report_id": 40,
        "file_size": 251566,
        "sections": [
            {"title": "一、总体情况", "content": "2023年，某县认真贯彻《条例》。"},
            {"title": "三、收到和处理政府信息公开申请情况", "tableData": nested(requests)},
            {"title": "四、行政复议、行政诉讼情况", "reviewLitigationData": nested(disputes)},
        ],
    }


def test_tables_under_foreign_keys_are_read_cell_by_cell():
    report = make_report(Form.Y2021)

    read = read_bytes(json.dumps(foreign(report)).encode())

    assert read.tables[TABLE_3] == report.tables[TABLE_3]
    assert read.tables[TABLE_4] == report.tables[TABLE_4]
    assert read.absent == {TABLE_2: "原文没有这张表"}
    assert (read.form, read.year, read.organ) == (Form.Y2021, 2023, "某县")
    origin = read.origins[Ref(TABLE_3, forms.REFUSED[0], "商业企业")]
    assert origin.path == "sections[1].tableData.legalPerson.commercial.results.denied.stateSecret"


def test_null_is_blank_and_words_are_undeterminable():
    data = foreign(make_report(Form.Y2021))
    person = data["sections"][1]["tableData"]["naturalPerson"]
    person["newReceived"], person["carriedOver"] = None, "见附件"

    read = read_bytes(json.dumps(data).encode())

    assert read.tables[TABLE_3][forms.NEW]["自然人"] is None
    assert isinstance(read.tables[TABLE_3][forms.CARRIED_IN]["自然人"], Undeterminable)


def test_a_figure_torn_in_two_is_undeterminable_and_every_reading_is_named():
    data = foreign(make_report(Form.Y2021))
    data["sections"][2]["reviewLitigationData"]["litigationDirect"] = dict(
        zip(RESULTS, (2, 0, 1, 0, 0), strict=True)
    )

    read = read_bytes(json.dumps(data).encode())

    torn = Undeterminable(
        "抽取的“行政诉讼-未经复议直接起诉”为 2 0 1 0 0，合计不符，像是一个数被拆成两格而错位；"
        "可能是 20 1 0 0 21，或者是2 0 10 0 12，请核对原件"
    )
    cells = list(read.tables[TABLE_4][forms.DIRECT_SUIT].values())
    assert cells == [torn, torn, torn, 0, torn]
    assert {remark.code for remark in read.remarks} == {"broken-extraction"}


def test_a_wrong_sum_that_no_torn_figure_explains_is_read_as_it_stands():
    data = foreign(make_report(Form.Y2021))
    data["sections"][2]["reviewLitigationData"]["review"] = dict(
        zip(RESULTS, (0, 0, 0, 0, 7), strict=True)
    )

    read = read_bytes(json.dumps(data).encode())

    assert list(read.tables[TABLE_4][forms.RECONSIDERATION].values()) == [0, 0, 0, 0, 7]


def test_what_is_whole_is_taken_out_of_damaged_json():
    report = make_report(Form.Y2021)
    text = json.dumps(foreign(report), ensure_ascii=False).replace('《条例》。"', "《条例》。")

    read = read_bytes(text.encode())

    assert read.tables[TABLE_3] == report.tables[TABLE_3]
    assert read.remarks[0].code == "damaged-json"


def test_our_own_exchange_form_is_read_back():
    report = make_report(Form.MIXED)

    assert read_bytes(exchange.dumps(report).encode()) == report


def test_tables_alone_are_a_report():
    tables = {TABLE_2: {"规章": {"本年制发件数": 1, "本年废止件数": 0, "现行有效件数": None}}}

    read = read_bytes(json.dumps({"tables": tables}, ensure_ascii=False).encode())

    assert read.cell(Ref(TABLE_2, "规章", "本年制发件数")) == 1
    assert read.cell(Ref(TABLE_2, "规章", "现行有效件数")) is None


def test_money_keeps_its_decimals():
    data = {"activeDisclosureData": {"fees": {"amount": 14722.49}, "licensing": {"processed": 5}}}

    read = read_bytes(json.dumps(data).encode())

    assert read.tables[TABLE_2]["行政事业性收费"] == {"本年收费金额（万元）": Decimal("14722.49")}
    assert read.tables[TABLE_2]["行政许可"] == {"本年处理决定数量": 5}


@pytest.mark.parametrize("text", ["{}", "[1, 2]", '{"a": "b"', '{"total": 3}'])
def test_json_without_tables_is_refused(text):
    with pytest.raises(Unreadable):
        read_bytes(text.encode())


def test_our_own_form_filled_in_wrongly_is_refused():
    with pytest.raises(BadInput):
        read_bytes(json.dumps({"tables": {TABLE_2: {"规则": {}}}}).encode())
