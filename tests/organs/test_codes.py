import pytest

from gongkai.errors import BadNumber
from gongkai.organs.codes import credit_code


def test_a_code_is_tidied():
    assert credit_code(" 11370322 004222241n ") == "11370322004222241N"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "应为18位，“”是0位"),
        ("1137032200422224", "是16位"),
        ("11370322004222241O", "不会出现“O”"),
        ("11370322004222241É", "不会出现“É”"),
        ("11370322004222242N", "校验码不对"),
    ],
)
def test_a_wrong_code_is_refused_saying_what_is_wrong(text, why):
    with pytest.raises(BadNumber, match=why):
        credit_code(text)
