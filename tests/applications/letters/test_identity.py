"""Who asks stays with the disclosure office: not in letters to others, nor in any body."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gongkai.applications.letters import (
    check_template,
    check_text,
    compose,
    fields_for,
)
from gongkai.applications.letters.examples import APPLICANT, EXAMPLE_DAY, example
from gongkai.applications.letters.texts import shipped
from gongkai.errors import NotAllowed
from gongkai.law.letters import LETTERS, Reader, letter

TO_OTHERS = [one for one in LETTERS if one.reader in (Reader.THIRD_PARTY, Reader.OTHER_ORGAN)]
SECRETS = APPLICANT.private.words


def everything(made) -> str:
    return "\n".join((made.title, made.number, made.addressee, made.text, made.signature))


def test_there_are_letters_to_others():
    assert [one.number for one in TO_OTHERS] == [6, 8, 9]


@pytest.mark.parametrize("one", TO_OTHERS, ids=str)
def test_a_letter_to_others_does_not_tell_who_asks(one):
    made = compose(one, example(one), on=EXAMPLE_DAY)

    assert [word for word in (*APPLICANT.names, *SECRETS) if word in everything(made)] == []


@pytest.mark.parametrize("one", TO_OTHERS, ids=str)
@pytest.mark.parametrize(
    "field", ["申请人", "申请内容", "收到情况", "申请人类别", "申请编号", "您"]
)
def test_a_template_for_others_cannot_use_what_tells_who_asks(one, field):
    problems = check_template(one, shipped(one) + "{{ " + field + " }}")

    assert problems == [
        f"要素“{field}”会透露申请人身份或者申请内容，致{one.reader.value}的文书不能使用"
    ]
    assert field not in {known.name for known in fields_for(one)}


@pytest.mark.parametrize("one", TO_OTHERS, ids=str)
def test_a_clerk_who_types_the_name_into_a_letter_to_others_is_stopped(one):
    facts = example(one)
    name = "决定公开的内容" if one.number == 9 else "拟公开的信息"
    leaking = replace(facts, given={**facts.given, name: "李明远申请公开的补偿方案"})

    with pytest.raises(NotAllowed) as caught:
        compose(one, leaking, on=EXAMPLE_DAY)

    assert f"致{one.reader.value}的文书不得写明申请人身份，文中出现了“李明远”" in str(caught.value)


def test_one_who_is_asked_about_its_own_information_is_still_written_to():
    facts = example(letter(6))
    itself = replace(facts, applicant=replace(APPLICANT, names=("石州永顺建材有限公司",)))

    made = compose(6, itself, on=EXAMPLE_DAY)

    assert made.addressee == "石州永顺建材有限公司"


@pytest.mark.parametrize("one", [one for one in LETTERS if one.number != 1], ids=str)
def test_personal_data_in_the_request_are_struck_from_every_letter(one):
    facts = example(one)
    told = f"请把材料寄到{SECRETS[3]}，身份证{SECRETS[0]}，电话{SECRETS[1]}，{SECRETS[2]}"
    asked = replace(
        facts,
        application=replace(facts.application, request=told),
        matters=tuple(replace(matter, text=told) for matter in facts.matters),
    )

    made = compose(one, asked, on=EXAMPLE_DAY)

    assert [secret for secret in SECRETS if secret in everything(made)] == []


def test_the_application_form_alone_carries_identity_and_contacts():
    made = compose(1, example(letter(1)), on=EXAMPLE_DAY)

    assert [secret for secret in SECRETS if secret in made.text] == list(SECRETS)


def test_the_application_form_keeps_the_request_word_for_word():
    facts = example(letter(1))
    told = f"请打{SECRETS[1]}告诉我"

    made = compose(
        1, replace(facts, application=replace(facts.application, request=told)), on=EXAMPLE_DAY
    )

    assert f"| {told} |" in made.text


@pytest.mark.parametrize("field", ["证件号码", "申请人电话", "申请人地址", "申请人邮箱"])
def test_a_template_cannot_print_contacts_into_a_body(field):
    problems = check_template(13, shipped(letter(13)) + "{{ " + field + " }}")

    assert problems == [f"要素“{field}”只能用在申请表里，其他文书正文不得写明"]


def test_a_text_changed_by_hand_is_looked_through_again():
    facts = example(letter(6))

    problems = check_text(6, f"李明远（{SECRETS[1]}）申请公开【待填：编号】", facts)

    assert problems == [
        "正文不得写明申请人的证件号码、电话、地址等个人信息（第2处）",
        "致第三方的文书不得写明申请人身份，文中出现了“李明远”",
        "还有没有填写的内容：编号",
    ]
    assert check_text(6, compose(6, facts, on=EXAMPLE_DAY).text, facts) == []


@given(some.text(max_size=200), some.text(max_size=200))
def test_no_words_of_the_request_reach_a_letter_to_others(before, after):
    facts = example(letter(8))
    canary = f"{before}谁也不该看见{after}"
    asked = replace(facts, application=replace(facts.application, request=canary))

    assert "谁也不该看见" not in everything(compose(8, asked, on=EXAMPLE_DAY))
