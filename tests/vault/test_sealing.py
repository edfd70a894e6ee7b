"""密封与打开：any text comes back as it was; anything else than what was sealed does not open."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import BadInput, NotInstalled, Unreadable
from gongkai.vault import ciphers, keyring
from gongkai.vault.ciphers import Algorithm
from gongkai.vault.sealing import (
    fingerprint,
    is_current,
    is_token,
    key_of,
    normal,
    seal,
    unseal,
)

HERE = "applications.Applicant.id_number"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.fixture(params=["aes", "sm4"])
def ring(request, settings, tmp_path):
    """A file of keys of its own, of either cipher; the path."""
    keys = tmp_path / "vault.keys"
    settings.VAULT = {"keys": str(keys), "mounted": False, "cipher": request.param}
    return keys


@given(text=TEXTS, context=TEXTS)
def test_any_text_comes_back_as_it_was(text, context):
    token = seal(text, context)

    assert unseal(token, context) == text
    assert is_token(token)
    assert token.isascii()


@given(text=st.text(st.characters(codec="utf-8"), max_size=40), data=st.data())
def test_a_token_with_any_letter_changed_does_not_open(text, data):
    token = seal(text, HERE)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda one: one != token[place]))

    with pytest.raises((Unreadable, NotInstalled)):
        unseal(token[:place] + other + token[place + 1 :], HERE)


@given(cut=st.integers(0, 60))
def test_a_token_cut_short_does_not_open(cut):
    with pytest.raises(Unreadable):
        unseal(seal("13012345678", HERE)[:cut], HERE)


def test_both_ciphers_seal_and_refuse(ring):
    token = seal("石家庄市长安区", HERE)

    assert unseal(token, HERE) == "石家庄市长安区"
    with pytest.raises(Unreadable, match="已损坏或者被改动"):
        unseal(token[:-2] + ("AA" if token[-2:] != "AA" else "BB"), HERE)


@given(context=TEXTS.filter(lambda one: one != HERE))
def test_a_token_moved_to_another_field_does_not_open(context):
    token = seal("130102199001011234", HERE)

    with pytest.raises(Unreadable):
        unseal(token, context)


def test_equal_texts_are_not_seen_to_be_equal(ring):
    assert len({seal("张三", HERE) for _ in range(50)}) == 50


def test_the_clear_text_is_not_in_the_token(ring):
    assert "13812341234" not in seal("13812341234", HERE)


def test_halves_of_characters_are_no_reason_to_lose_the_rest():
    assert unseal(seal("张\ud800三", HERE), HERE) == "张?三"


@pytest.mark.parametrize("token", ["", "13812341234", "gk1.", "gk2.00000000." + "A" * 40])
def test_what_is_no_token_does_not_open(token):
    with pytest.raises(Unreadable):
        unseal(token, HERE)


def test_a_token_of_another_installation_names_the_missing_key(ring, tmp_path, settings):
    token = seal("张三", HERE)
    settings.VAULT = {"keys": str(tmp_path / "other"), "mounted": False, "cipher": "aes"}

    with pytest.raises(NotInstalled, match=f"密钥文件里没有密钥 {key_of(token)}"):
        unseal(token, HERE)


def test_the_file_of_keys_is_made_once_and_for_this_account_alone(ring):
    first = keyring.keyring()

    assert ring.stat().st_mode & 0o777 == 0o600
    assert not keyring.is_exposed()
    keyring.create()
    assert keyring.keyring() == first
    assert [path.name for path in ring.parent.iterdir()] == ["vault.keys"]


def test_a_new_key_seals_and_the_older_ones_open(ring, settings):
    old = seal("张三", HERE)
    settings.VAULT = {**settings.VAULT, "cipher": "sm4"}

    new_key = keyring.add()

    assert (new_key.algorithm, keyring.keyring().current) == (Algorithm.SM4, new_key)
    assert unseal(old, HERE) == "张三"
    assert (is_current(old), is_current(seal("李四", HERE))) == (False, True)
    assert ring.stat().st_mode & 0o777 == 0o600


def test_a_key_added_by_another_process_is_noticed(ring):
    before = keyring.keyring().current
    told = json.loads(ring.read_text())
    told["keys"][0]["replaced"] = datetime.now(UTC).isoformat()
    told["keys"].append(
        {"id": "0a1b2c3d", "algorithm": "aes", "key": "A" * 43 + "=", "created": "2026-11-22"}
    )
    ring.write_text(json.dumps(told))

    assert key_of(seal("张三", HERE)) == "0a1b2c3d" != before.id


def test_keys_put_there_by_others_are_never_made_by_themselves(settings, tmp_path):
    keys = tmp_path / "mounted.keys"
    settings.VAULT = {"keys": str(keys), "mounted": True, "cipher": "aes"}

    with pytest.raises(BadInput, match="找不到密钥文件"):
        seal("张三", HERE)
    assert not keys.exists()
    keyring.add()
    assert unseal(seal("张三", HERE), HERE) == "张三"


@pytest.mark.parametrize(
    "broken", ["", "{}", '{"keys": [], "fingerprint": {"algorithm": "sha256", "key": ""}}']
)
def test_a_broken_file_of_keys_is_said_to_be_broken(ring, broken):
    ring.write_text(broken)

    with pytest.raises(Unreadable, match="密钥文件"):
        seal("张三", HERE)


def test_the_keys_do_not_show_when_the_ring_is_printed(ring):
    told = json.loads(ring.read_text()) if ring.exists() else None
    shown = repr(keyring.keyring())
    told = told or json.loads(ring.read_text())

    assert repr(keyring.keyring().current.material) not in shown
    assert told["keys"][0]["key"] not in shown


def test_without_sm4_it_is_refused_in_words(ring, monkeypatch):
    monkeypatch.setattr(ciphers, "has_sm4", lambda: False)

    with pytest.raises(NotInstalled, match="没有 SM4-GCM"):
        Algorithm.SM4.new_key()


def test_the_same_person_is_found_however_he_writes_his_number(ring):
    assert fingerprint("１３０１０２19900101123x", HERE) == fingerprint(
        " 130102 19900101 123X\u200b", HERE
    )


def test_fingerprints_differ_by_text_and_by_field_and_stay_when_keys_rotate(ring):
    before = fingerprint("130102199001011234", HERE)

    keyring.add()

    assert fingerprint("130102199001011234", HERE) == before
    assert fingerprint("130102199001011235", HERE) != before
    assert fingerprint("130102199001011234", "other") != before
    assert len(before) == 64


@given(TEXTS)
def test_what_is_normal_is_normal_already(text):
    assert normal(normal(text)) == normal(text)
