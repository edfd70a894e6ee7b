"""Each of the 38 letters of complete facts, of facts that lack something, of several matters."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.applications.letters import Facts, Matter, compose, fields_to_fill, preview
from gongkai.applications.letters.examples import APPLICATION, EXAMPLE_DAY, OFFICE, example
from gongkai.applications.letters.needs import needs_of
from gongkai.errors import BadInput
from gongkai.law.articles import FEE_MEASURE, LITIGATION, RECONSIDERATION, REGULATION
from gongkai.law.events import Channel
from gongkai.law.letters import LETTERS, Reader, RemedyKind, letter
from gongkai.law.outcomes import OUTCOMES, outcome
from gongkai.law.remedies import remedy
from gongkai.law.reviewers import OrganKind

IDS = [str(one) for one in LETTERS]
REPLIES = [(one.letter, one) for one in OUTCOMES]
REPLY_IDS = [one.code for one in OUTCOMES]


def answering(code: str) -> Facts:
    """Complete facts of a reply with this outcome."""
    ending = outcome(code)
    facts = example(ending.letter)
    return replace(facts, matters=(replace(facts.matters[0], outcome=ending),))


def without(facts: Facts, names: tuple[str, ...]) -> Facts:
    """The same facts, nobody having given these fields."""

    def rest(told):
        return {name: value for name, value in told.items() if name not in names}

    matters = tuple(replace(one, findings=rest(one.findings)) for one in facts.matters)
    return replace(facts, matters=matters, given=rest(facts.given))


@pytest.mark.parametrize("one", LETTERS, ids=IDS)
def test_a_letter_of_complete_facts_lacks_nothing(one):
    made = compose(one, example(one), on=EXAMPLE_DAY)

    assert made.missing == ()
    assert made.to_fill == ()
    assert "待填" not in made.text
    assert made.organ == "石州市自然资源和规划局"


NEEDED = [
    (one, phrase, names)
    for one in LETTERS
    for phrase, groups in needs_of(one)
    for names in groups
    if set(names) <= {field.name for field in fields_to_fill(one)}
]


@pytest.mark.parametrize(
    ("one", "phrase", "names"), NEEDED, ids=[f"{one.number}-{names[0]}" for one, _, names in NEEDED]
)
def test_a_letter_names_what_it_lacks(one, phrase, names):
    made = compose(one, without(example(one), names), on=EXAMPLE_DAY)

    assert phrase in made.missing
    printed = f"{made.addressee}\n{made.text}"
    assert [name for name in names if f"【待填：{name}】" in printed] != []


def test_every_phrase_that_must_be_said_has_fields():
    for one in LETTERS:
        phrases = [phrase for phrase, _ in needs_of(one)]

        assert phrases[: len(one.must_say)] == list(one.must_say)


@pytest.mark.parametrize(
    "one", [one for one in LETTERS if one.number not in (1, 2, 36, 38)], ids=str
)
def test_a_letter_without_its_case_lacks_number_and_reader(one):
    made = compose(one, Facts(office=OFFICE), on=EXAMPLE_DAY)

    expected = {"编号", "申请人", "收到日期的依据", "申请内容"}
    if one.reader is not Reader.APPLICANT:
        expected = {"编号", "收件人"}
    assert expected <= set(made.missing)


def test_a_search_log_that_lacks_the_searcher_is_no_search_log():
    facts = example(letter(24))
    log = [dict(row, 检索人="") for row in facts.matters[0].findings["检索记录"]]
    matter = replace(facts.matters[0], findings={"检索记录": log})

    made = compose(24, replace(facts, matters=(matter,)), on=EXAMPLE_DAY)

    assert made.missing == ("检索的系统", "检索词", "检索的时间范围", "检索人和检索时间")


@pytest.mark.parametrize(("paper", "ending"), REPLIES, ids=REPLY_IDS)
def test_a_reply_cites_the_articles_of_its_outcome(paper, ending):
    made = compose(paper, answering(ending.code), on=EXAMPLE_DAY)

    for article in ending.articles[:1]:
        assert f"{article}" in made.text
    for article in ending.articles:
        assert article.place in made.text


@pytest.mark.parametrize("on", [date(2023, 6, 30), date(2024, 6, 14), EXAMPLE_DAY], ids=str)
@pytest.mark.parametrize(
    "kind", [one for one in OrganKind if one is not OrganKind.PUBLIC_ENTERPRISE]
)
def test_a_reply_ends_with_the_remedy_of_its_outcome_organ_and_day(kind, on):
    office = replace(
        OFFICE, kind=kind, government="甲政府", superior="乙机关", seat="丙政府", court="丁法院"
    )
    for paper, ending in REPLIES:
        facts = replace(answering(ending.code), office=office)

        made = compose(paper, facts, on=on)

        if ending.remedy is RemedyKind.NONE:
            assert made.remedy is None
            assert "行政复议" not in made.text
        else:
            expected = remedy(ending, office.replier, on)
            assert made.remedy.wording == expected.wording
            assert expected.wording in made.paragraphs
        assert made.missing == ()


def test_the_remedy_against_a_refusal_changes_with_the_law():
    body = "石州市人民政府"

    before, after = (
        compose(21, answering("C6"), on=on).text for on in (date(2023, 12, 31), date(2024, 1, 1))
    )

    assert f"可以自收到本答复之日起六十日内向{body}或者【需由本机关填写：上一级主管部门】" in before
    assert "应当先" not in before
    assert f"应当先自收到本答复之日起六十日内向{body}申请行政复议" in after
    assert "上一级主管部门" not in after


def test_what_the_organ_must_fill_in_before_sending_is_named():
    facts = replace(answering("A2"), office=replace(OFFICE, government=None))

    made = compose(13, facts, on=EXAMPLE_DAY)

    assert made.to_fill == ("本级人民政府",)


def test_a_public_enterprise_points_to_its_sector_department():
    office = replace(OFFICE, kind=OrganKind.PUBLIC_ENTERPRISE, superior="石州市住房和城乡建设局")

    made = compose(13, replace(answering("A2"), office=office), on=EXAMPLE_DAY)

    assert made.paragraphs[-2] == (
        "如对本答复不服，可以向有关主管部门（石州市住房和城乡建设局）申诉"
        "（《政府信息公开条例》第五十五条第二款）。"
    )


def several(*codes: str) -> Facts:
    """A request of several matters, each with complete findings of its own."""
    matters = tuple(
        replace(answering(code).matters[0], text=f"第{place}件事")
        for place, code in enumerate(codes, 1)
    )
    return replace(example(letter(13)), matters=matters)


def test_several_matters_are_answered_one_by_one():
    made = compose(15, several("A2", "C6", "D1a"), on=EXAMPLE_DAY)

    assert [line for line in made.paragraphs if line[1] == "、" and line[0] in "一二三四"] == [
        "一、关于“第1件事”",
        "二、关于“第2件事”",
        "三、关于“第3件事”",
    ]
    parts = made.text.split("、关于“")
    assert "第三十六条第（二）项，本机关决定予以公开" in parts[1]
    assert "第十六条第二款、第三十六条第（三）项，本机关决定对上述信息不予公开" in parts[2]
    assert "第三十六条第（四）项，现告知您：该政府信息不存在" in parts[3]
    assert made.remedy.kind is RemedyKind.PARTIAL
    assert made.missing == ()


def test_of_several_matters_the_one_that_lacks_something_is_named():
    facts = several("A2", "C6")
    bare = replace(facts.matters[1], findings={})

    made = compose(15, replace(facts, matters=(facts.matters[0], bare)), on=EXAMPLE_DAY)

    assert made.missing == ("第二项：属于哪一类过程性信息", "第二项：所处的阶段")
    assert made.text.count("【待填：") == 2


@pytest.mark.parametrize(
    ("codes", "kind", "title"),
    [
        (("D1a", "E1"), RemedyKind.EITHER, "政府信息公开申请答复书"),
        (("C5", "C6"), RemedyKind.REVIEW_FIRST, "政府信息公开申请答复书"),
        (("C6", "D1a"), RemedyKind.PARTIAL, "政府信息公开申请答复书"),
        (("A2", "A2"), RemedyKind.EITHER, "政府信息予以公开告知书"),
        (("D1a", "F3a"), RemedyKind.EITHER, "政府信息公开申请答复书"),
    ],
)
def test_several_endings_share_one_notice_of_remedies(codes, kind, title):
    made = compose(outcome(codes[0]).letter, several(*codes), on=EXAMPLE_DAY)

    assert made.remedy.kind is kind
    assert made.title == title


def test_an_offices_own_words_serve_a_matter_among_several():
    own = (
        "标题：政府信息不存在告知书\n主送：{{ 申请人 }}\n---\n{{ 收到情况 }}{{ 申请内容 }}\n"
        "{% 逐项答复 %}查无此件：{% for 次 in 检索记录 %}{{ 次.系统 }}。{% endfor %}"
        "{{ 依据 }}{% 逐项答复完 %}\n{{ 救济途径 }}{{ 联系方式 }}"
    )

    made = compose(13, several("A2", "D1a"), on=EXAMPLE_DAY, templates={24: own})

    assert "查无此件：本机关电子公文系统。" in made.text


def test_a_letter_that_is_not_that_of_the_outcome_is_refused():
    facts = answering("C6")

    with pytest.raises(BadInput) as caught:
        compose(24, facts, on=EXAMPLE_DAY)

    assert str(caught.value) == "答复结果是C6 不予公开：过程性信息，不能用政府信息不存在告知书"


def test_a_field_nobody_knows_is_refused():
    facts = replace(example(letter(4)), given={"补正其限": "十日"})

    with pytest.raises(BadInput, match="没有可以填写的要素“补正其限”"):
        compose(4, facts, on=EXAMPLE_DAY)


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        (Channel.IN_PERSON, "第三十一条第（一）项，当面提交的，以提交之日为收到申请之日"),
        (Channel.POST_SIGNED, "第三十一条第（二）项，以邮寄方式提交的，以本机关签收之日"),
        (
            Channel.POST_ORDINARY,
            "第三十一条第（二）项，以无需签收的邮寄方式提交的，以本机关与申请人确认之日",
        ),
        (Channel.EMAIL, "第三十一条第（三）项，通过互联网渠道提交的，以双方确认之日"),
        (Channel.FAX, "第三十一条第（三）项，通过传真提交的，以双方确认之日"),
        (
            Channel.ORAL,
            "第二十九条第一款，口头提出的，以本机关政府信息公开工作机构代为填写完成之日",
        ),
    ],
)
def test_the_day_of_receipt_stands_with_its_basis(channel, words):
    arrived = replace(APPLICATION, channel=channel, received_on=date(2025, 6, 10))

    made = compose(13, replace(answering("A2"), application=arrived), on=EXAMPLE_DAY)

    assert f"本机关于2025年6月10日收到（依据《政府信息公开条例》{words}" in made.text


def test_after_a_correction_the_new_day_of_receipt_is_told():
    corrected = replace(APPLICATION, corrected_on=date(2025, 6, 24))

    made = compose(13, replace(answering("A2"), application=corrected), on=EXAMPLE_DAY)

    assert "本机关于2025年6月24日收到补正的申请，依据《政府信息公开条例》第三十条" in made.text


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        (
            REGULATION.article(30),
            "本机关于2025年6月24日收到补正的申请，依据《政府信息公开条例》第三十条，答复期限自该日起计算",
        ),
        (
            FEE_MEASURE.article(6, 2),
            "信息处理费于2025年6月24日缴清，依据《政府信息公开信息处理费管理办法》第六条第二款，"
            "处理期限自次日起重新计算",
        ),
        (
            RECONSIDERATION.article(64, 1),
            "本机关于2025年6月24日收到责令重新答复的行政复议决定（《行政复议法》第六十四条第一款）",
        ),
        (
            LITIGATION.article(70),
            "本机关于2025年6月24日收到责令重新答复的行政判决（《行政诉讼法》第七十条）",
        ),
    ],
    ids=str,
)
def test_a_period_that_began_anew_is_told_with_what_began_it(basis, words):
    anew = replace(APPLICATION, received_on=date(2025, 6, 24), basis=basis)

    made = compose(13, replace(answering("A2"), application=anew), on=EXAMPLE_DAY)

    assert f"，本机关收悉。{words}。" in made.text
    assert "双方确认" not in made.text


def test_an_organisation_is_addressed_as_one():
    facts = answering("A2")
    firm = replace(facts.applicant, names=("石州某某公司",), is_person=False, category="商业企业")

    made = compose(13, replace(facts, applicant=firm), on=EXAMPLE_DAY)

    assert made.addressee == "石州某某公司"
    assert made.paragraphs[0].startswith("你单位于2025年6月9日")
    assert "您" not in made.text.replace("您申请时填写的电子邮箱", "")


def test_another_organ_that_made_nothing_is_not_told_that_silence_is_consent():
    facts = example(letter(8))

    maker = compose(8, facts, on=EXAMPLE_DAY).text
    other = compose(
        8, replace(facts, given={**facts.given, "征求对象": "其他机关"}), on=EXAMPLE_DAY
    )

    assert "依据《政府信息公开条例》第三十四条，视为同意公开" in maker
    assert "视为同意" not in other.text
    assert "依据《政府信息公开条例》第十一条，现征求" in other.text


def test_a_full_stop_is_not_doubled():
    matter = replace(answering("C3").matters[0], findings={"危害评估": "会危及公共安全。"})

    made = compose(18, replace(answering("C3"), matters=(matter,)), on=EXAMPLE_DAY)

    assert "会危及公共安全。依据" in made.text


@pytest.mark.parametrize(
    ("names", "lines"),
    [(("方案",), ["附件：方案"]), (("方案", "批复"), ["附件：1. 方案", "2. 批复"]), ((), [])],
)
def test_what_is_enclosed_is_listed_below_the_text(names, lines):
    annexes = [{"名称": name} for name in names]

    made = compose(13, replace(answering("A2"), given={"附件": annexes}), on=EXAMPLE_DAY)

    assert [line for line in made.paragraphs if line[-2:] == "方案" or line[:2] == "2."] == lines
    assert made.annexes == names


def test_a_preview_is_marked():
    made = preview(24)

    assert made.example
    assert made.missing == ()


def test_a_matter_may_lack_an_outcome_while_it_is_handled():
    facts = replace(example(letter(4)), matters=(Matter(text="一件"), Matter(text="又一件")))

    assert compose(4, facts, on=EXAMPLE_DAY).missing == ()
