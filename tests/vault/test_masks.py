"""遮盖：what is shown is what the circulars allow, and never the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.vault.masks import (
    MASKS,
    mask_address,
    mask_all,
    mask_email,
    mask_id,
    mask_name,
    mask_phone,
)


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (mask_id, "130102199001011234", "130***********1234"),
        (mask_id, "13010219900101123x", "130***********123x"),
        (mask_id, "130102900101123", "130********1123"),
        (mask_id, "E12345678", "E******78"),
        (mask_id, "12", "**"),
        (mask_phone, "13812341234", "138****1234"),
        (mask_phone, "１３８ 1234 1234", "138****1234"),
        (mask_phone, "+86 138-1234-1234", "138****1234"),
        (mask_phone, "0311-86687321", "0311-****7321"),
        (mask_phone, "031186687321", "0311-****7321"),
        (mask_phone, "(0311)8668732", "0311-****732"),
        (mask_phone, "010-12345678转12", "010-****5678"),
        (mask_phone, "0311-86687321-802", "0311-****7321"),
        (mask_phone, "86687321", "****7321"),
        (mask_phone, "12345", "****5"),
        (mask_phone, "无", "*"),
        (mask_email, "zhang.san@example.com", "z***@example.com"),
        (mask_email, "a@example.com", "***@example.com"),
        (mask_email, "not an address", "***"),
        (mask_email, "a@b@c", "***"),
        (mask_address, "石家庄市长安区建北街道中山东路12号", "石家庄市长安区建北街道***"),
        (mask_address, "河北省石家庄市正定县正定镇北关村3号", "河北省石家庄市正定县正定镇***"),
        (mask_address, "石家庄市中山路35号西苑小区3-2-101", "石家庄市***"),
        (mask_address, "北京市朝阳区建国路88号", "北京市朝阳区***"),
        (mask_address, "辛集市市府街1号", "辛集市***"),
        (mask_address, "河北省石家庄市桥西区建设大街道口", "河北省石家庄市桥西区***"),
        (mask_address, "石家庄市北国超市三层", "石家庄市***"),
        (
            mask_address,
            "内蒙古自治区呼伦贝尔市鄂温克族自治旗巴彦托海镇1号",
            "内蒙古自治区呼伦贝尔市鄂温克族自治旗巴彦托海镇***",
        ),
        (mask_address, "3号楼2单元", "***"),
        (mask_name, "张三", "张*"),
        (mask_name, "张小军", "张**"),
        (mask_name, "欧阳修", "欧阳*"),
        (mask_name, "欧阳", "欧*"),
        (mask_name, "John Smith", "J***"),
        (mask_name, "王", "*"),
        (mask_all, "任何内容", "***"),
    ],
)
def test_what_is_shown(mask, text, shown):
    assert mask(text) == shown


@pytest.mark.parametrize("mask", MASKS.values())
def test_nothing_shows_as_nothing(mask):
    assert mask("") == ""


@given(digits=st.from_regex(r"[0-9]{5,20}", fullmatch=True))
def test_of_a_number_at_least_four_digits_are_hidden(digits):
    for mask in (mask_id, mask_phone):
        assert sum(one.isdigit() for one in mask(digits)) <= len(digits) - 4


@given(text=st.text(min_size=1), kind=st.sampled_from(sorted(MASKS)))
def test_any_text_can_be_masked_and_what_is_visible_is_not_shown_whole(text, kind):
    shown = MASKS[kind](text)

    assert "*" in shown or not text.strip() or not shown
