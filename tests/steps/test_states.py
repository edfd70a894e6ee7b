import pytest
from django.db.models import TextChoices

from gongkai.organs.states import Duty
from gongkai.steps.states import Flow, Move


class State(TextChoices):
    DRAFT = "draft", "草稿"
    REVIEW = "review", "审查中"
    ISSUED = "issued", "已发布"


FLOW = Flow(
    State,
    submit=Move("提交审查", start={State.DRAFT}, end=State.REVIEW, roles={Duty.DRAFT}),
    give_back=Move(
        "退回", start={State.REVIEW}, end=State.DRAFT, roles={Duty.UNIT_HEAD}, reason=True
    ),
    remark=Move("提出意见", start={State.REVIEW}, roles={Duty.LEGAL, Duty.SECRECY}),
    issue=Move(
        "发布",
        start={State.REVIEW},
        end=State.ISSUED,
        roles={Duty.SIGN},
        four_eyes=True,
        apart={"remark"},
        automatic=True,
    ),
)


def test_the_moves_leaving_a_state_keep_the_order_of_the_table():
    assert [move.name for move in FLOW.leaving(State.REVIEW)] == ["give_back", "remark", "issue"]
    assert (FLOW.first, FLOW.ends()) == (State.DRAFT, [State.ISSUED])


def test_the_table_tells_who_may_do_what():
    assert FLOW.table().splitlines() == [
        "| 动作 | 从 | 到 | 由谁办理 | 要求 |",
        "|---|---|---|---|---|",
        "| 提交审查 | 草稿 | 审查中 | 起草 | — |",
        "| 退回 | 审查中 | 草稿 | 部门负责人 | 须写明理由 |",
        "| 提出意见 | 审查中 | （不变） | 保密审查、法制审核 | — |",
        "| 发布 | 审查中 | 已发布 | 签发 "
        "| 起草人不得办理；与“提出意见”须由不同的人办理；可由系统自动办理 |",
    ]


def test_the_diagram_draws_every_move():
    assert FLOW.diagram().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> draft",
        "    draft : 草稿",
        "    review : 审查中",
        "    issued : 已发布",
        "    draft --> review : 提交审查",
        "    review --> draft : 退回",
        "    review --> review : 提出意见",
        "    review --> issued : 发布",
        "    issued --> [*]",
    ]


@pytest.mark.parametrize(
    ("moves", "wrong"),
    [
        ({"submit": Move("提交", start={"draft"}, end="nowhere")}, "unknown end"),
        ({"submit": Move("提交", start=set(), end="review")}, "empty start"),
        ({"submit": Move("提交", start={"draft"}, end="review")}, "no move reaches"),
        (
            {
                "submit": Move("提交", start={"draft"}, end="review", apart={"sign"}),
                "issue": Move("发布", start={"review"}, end="issued"),
            },
            "apart from unknown",
        ),
    ],
)
def test_a_wrong_table_is_refused_when_it_is_written(moves, wrong):
    with pytest.raises(ValueError, match=wrong):
        Flow(State, **moves)
