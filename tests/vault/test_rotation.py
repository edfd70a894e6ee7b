"""轮换：a new key for everything while the site runs; killed half-way, it goes on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import TextField, Value

from gongkai.cli import main
from gongkai.errors import BadInput, NotAllowed
from gongkai.vault import keyring, rotation
from gongkai.vault.rotation import begin, counts, places, reseal, retire, waiting
from gongkai.vault.sealing import key_of
from papers.models import Sender

pytestmark = pytest.mark.django_db

FIELDS = {name: Sender._meta.get_field(name) for name in ("phone", "id_number", "note")}


@pytest.fixture
def senders():
    for number in range(7):
        Sender.objects.create(name=str(number), phone=f"1380000000{number}", note="备注" * number)
    return Sender.objects.order_by("pk")


def phones():
    return [one.phone.open() for one in Sender.objects.order_by("pk")]


@pytest.fixture
def an_hour_later(monkeypatch):
    monkeypatch.setattr(rotation, "SETTLED", timedelta(0))


def test_the_tables_with_sealed_fields_are_found():
    found = {place.model: [one.name for one in place.fields] for place in places()}

    assert found[Sender] == ["phone", "id_number", "note"]


def test_a_rotation_seals_everything_anew_and_it_reads_the_same(senders):
    before, old = phones(), keyring.keyring().current
    assert counts()[FIELDS["phone"]] == {old.id: 7}

    new, again = begin()
    done = sum(step.done for step in reseal(batch=3))

    assert (done, again, waiting()) == (7, False, 0)
    assert phones() == before
    assert counts()[FIELDS["phone"]] == {new.id: 7}
    assert counts()[FIELDS["note"]] == {new.id: 6}
    assert keyring.keyring().current.finished is not None


def test_a_rotation_that_was_killed_goes_on_with_the_same_key(senders):
    before = phones()
    new, _ = begin()
    steps = reseal(batch=2)
    assert next(steps).done == 2
    steps.close()
    assert (waiting(), phones()) == (5, before)

    assert begin() == (new, True)
    assert sum(step.done for step in reseal(batch=2)) == 5

    assert (waiting(), phones()) == (0, before)
    assert begin()[1] is False


def test_what_others_change_meanwhile_is_not_overwritten(senders, monkeypatch):
    begin()
    changed = []
    sealing = rotation.seal

    def slow(text, context):
        """Somebody else is faster with the first row."""
        if not changed:
            changed.append(Sender.objects.filter(name="0").update(phone="13999999999"))
        return sealing(text, context)

    monkeypatch.setattr(rotation, "seal", slow)
    list(reseal())

    assert phones()[0] == "13999999999"
    assert waiting() == 0


def test_what_does_not_open_is_reported_once_and_left_alone(senders):
    damaged = "gk1.00000000." + "A" * 60
    Sender.objects.filter(name="3").update(phone=Value(damaged, output_field=TextField()))
    begin()

    problems = [one for step in reseal(batch=2) for one in step.problems]

    pk = Sender.objects.get(name="3").pk
    assert [one.partition("：")[0] for one in problems] == [f"sender {pk} 的电话"]
    assert Sender.objects.get(name="3").phone.token == damaged
    assert Sender.objects.get(name="3").note.open() == "备注" * 3
    assert begin()[1] is False


def refuse_to_change(name):
    """The database guards a row, as it guards what is on record for good."""
    refusal = {
        "sqlite": [
            "CREATE TRIGGER refuse BEFORE UPDATE ON papers_sender"
            f" WHEN OLD.name = '{name}' BEGIN SELECT RAISE(ABORT, 'no'); END"
        ],
        "postgresql": [
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
            " 'no' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            "CREATE TRIGGER refuse BEFORE UPDATE ON papers_sender FOR EACH ROW"
            f" WHEN (OLD.name = '{name}') EXECUTE FUNCTION refuse()",
        ],
    }
    with connection.cursor() as cursor:
        for statement in refusal[connection.vendor]:
            cursor.execute(statement)


def test_a_row_the_database_guards_does_not_stop_the_others(senders):
    refuse_to_change("3")
    begin()

    steps = list(reseal(batch=4))

    pk = Sender.objects.get(name="3").pk
    assert sum(step.done for step in steps) == 6
    assert [one for step in steps for one in step.problems] == [
        f"sender {pk}：数据库不允许修改这条记录。"
    ]
    assert phones()[3] == "13800000003"


def test_a_key_is_retired_only_when_nothing_is_sealed_with_it(senders, an_hour_later):
    old = keyring.keyring().current
    with pytest.raises(NotAllowed, match="现用密钥不能注销"):
        retire(old.id)
    begin()

    with pytest.raises(NotAllowed, match="sender的电话 7 项、sender的备注 6 项"):
        retire(old.id)
    list(reseal())
    assert retire(old.id.upper()).id == old.id

    assert [key.id for key in keyring.keyring().keys] == [keyring.keyring().current.id]
    assert phones()[0] == "13800000000"
    with pytest.raises(BadInput, match="没有密钥"):
        retire(old.id)


def test_a_key_just_replaced_is_not_retired_yet(senders):
    old = keyring.keyring().current
    begin()
    list(reseal())

    with pytest.raises(NotAllowed, match="停用还不到 1 小时"):
        retire(old.id)


def test_keys_changed_elsewhere_are_only_followed(senders, monkeypatch):
    keyring.add()
    monkeypatch.setattr(keyring, "is_writable", lambda: False)

    key, again = begin()
    list(reseal())

    assert (again, waiting()) == (True, 0)
    assert {key_of(one.phone.token) for one in senders} == {key.id}
    with pytest.raises(NotAllowed, match="只读"):
        begin()


def test_the_command_shows_rotates_and_retires(senders, capsys, settings, an_hour_later):
    old = keyring.keyring().current.id
    settings.VAULT = {**settings.VAULT, "cipher": "sm4"}

    assert main(["vault", "status"]) == 0
    shown = capsys.readouterr().out
    assert f"{old}  AES-256-GCM" in shown
    assert f"papers.Sender.phone（电话）：{old} 7 项" in shown
    assert "现用密钥的算法与设置" in shown

    assert main(["vault", "rotate", "--only-new"]) == 0
    new = keyring.keyring().current.id
    assert capsys.readouterr().out == f"现用密钥是 {new}（SM4-GCM）。请备份密钥文件。\n"
    assert main(["vault", "retire", old]) == 2
    assert "还不能注销" in capsys.readouterr().err
    assert main(["vault", "status"]) == 0
    assert "有 13 项还在旧密钥下" in capsys.readouterr().out

    assert main(["vault", "rotate"]) == 0
    told = capsys.readouterr().out
    assert told == f"上次轮换没有做完，接着做：密钥 {new}。\n已重新密封 7 条记录。\n"
    assert main(["vault", "retire", old]) == 0
    assert capsys.readouterr().out.startswith(f"密钥 {old} 已注销。")


def test_the_command_says_what_is_lost_with_a_key(senders, capsys, settings, tmp_path):
    lost = keyring.keyring().current.id
    settings.VAULT = {**settings.VAULT, "keys": str(tmp_path / "new.keys")}

    assert main(["vault", "status"]) == 1
    assert f"密钥文件里没有密钥 {lost}" in capsys.readouterr().out
    assert main(["vault", "rotate"]) == 1
    assert "有 13 项打不开。" in capsys.readouterr().out
