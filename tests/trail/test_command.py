import pytest

from city import make_organ
from gongkai.cli import main
from gongkai.trail import guard
from gongkai.trail.actions import head, record
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db


def test_a_sound_trail_is_said_to_be_sound(capsys):
    record(make_organ(), "edit", by=None)

    assert main(["trail", "verify"]) == 0
    assert capsys.readouterr().out == "留痕完好：共 1 步，逐条核对无误。\n"


def test_the_first_broken_link_is_named(capsys):
    organ = make_organ()
    for _ in range(3):
        record(organ, "edit", by=None)
    guard.lift()
    Step.objects.filter(number=2).update(note="改")

    assert main(["trail", "verify"]) == 1
    assert capsys.readouterr().out == "留痕有断点：第2步：内容被改动过。\n"


def test_a_head_noted_before_is_checked_too(capsys):
    organ = make_organ()
    record(organ, "edit", by=None)
    main(["trail", "head"])
    noted = capsys.readouterr().out.strip()
    record(organ, "edit", by=None)

    assert noted != ":".join(map(str, head()))
    assert main(["trail", "verify", "--head", noted]) == 0
    assert main(["trail", "verify", "--head", f"1:{'0' * 64}"]) == 1
    assert main(["trail", "verify", "--head", f"9:{'0' * 64}"]) == 1


@pytest.mark.parametrize("noted", ["", "1", "x:y", "1:abc", "-1:" + "0" * 64])
def test_a_head_that_is_none_is_refused(capsys, noted):
    assert main(["trail", "verify", f"--head={noted}x"]) == 2
    assert "不是链头" in capsys.readouterr().err
