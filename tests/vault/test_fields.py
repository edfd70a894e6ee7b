"""密存字段：sealed in the database, masked wherever it is shown, clear only when opened."""

import copy
import json
import logging
import pickle

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import RegexValidator
from django.db import connection, models
from django.forms import modelform_factory
from django.template import Context, Template

from gongkai.errors import BadInput, Unreadable
from gongkai.trail.actions import record
from gongkai.vault import keyring
from gongkai.vault.fields import UNOPENABLE, Sealed, SealedText
from gongkai.vault.sealing import is_current, is_token, seal
from papers.models import Sender

CLEAR = "13812341234"
MASKED = "138****1234"


def kept(column="phone"):
    """What the database itself holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM papers_sender ORDER BY id")
        return [value for (value,) in cursor.fetchall()]


@pytest.fixture
def sender(db):
    return Sender.objects.create(name="张", phone=CLEAR, id_number="130102199001011234")


def test_the_database_holds_a_token_and_the_record_opens_it(sender):
    again = Sender.objects.get()

    assert is_token(kept()[0])
    assert (str(again.phone), again.phone.open()) == (MASKED, CLEAR)
    assert again.id_number.open() == "130102199001011234"


def test_what_is_assigned_is_sealed_at_once(sender):
    sender.phone = "13900001111"

    assert "13900001111" not in repr(vars(sender))
    assert str(sender.phone) == "139****1111"
    sender.save()
    assert Sender.objects.get().phone.open() == "13900001111"


def test_wherever_it_is_shown_it_is_masked(sender, caplog):
    phone = Sender.objects.get().phone
    with caplog.at_level(logging.INFO):
        logging.getLogger("gongkai").info("电话 %s", phone)

    shown = [
        str(phone),
        repr(phone),
        f"{phone}",
        f"{phone:>20}",
        f"{phone!r}",
        "{}".format(phone),  # noqa: UP032
        "%s" % phone,  # noqa: UP031
        json.dumps({"phone": phone}, cls=DjangoJSONEncoder),
        Template("{{ phone }}{{ phone|upper }}{{ phone|safe }}").render(Context({"phone": phone})),
        caplog.text,
        repr(Sender.objects.values()[0]),
    ]

    assert [text for text in shown if MASKED not in text] == []
    assert [text for text in shown if CLEAR in text] == []
    with pytest.raises(TypeError):
        json.dumps(phone)


def test_copies_pickles_and_dumps_hold_the_token(sender):
    told = serializers.serialize("json", [sender])
    frozen = pickle.dumps(sender)

    assert CLEAR not in told
    assert json.loads(told)[0]["fields"]["phone"] == kept()[0]
    assert CLEAR.encode() not in frozen
    assert pickle.loads(frozen).phone.open() == CLEAR
    assert copy.deepcopy(sender).phone.open() == CLEAR
    assert CLEAR not in repr(vars(copy.deepcopy(sender)))


def test_a_dump_is_loaded_again_where_the_keys_are(sender, settings, tmp_path):
    told = serializers.serialize("json", [sender])
    Sender.objects.all().delete()

    for one in serializers.deserialize("json", told):
        one.save()

    assert Sender.objects.get().phone.open() == CLEAR
    settings.VAULT = {**settings.VAULT, "keys": str(tmp_path / "other.keys")}
    with pytest.raises(serializers.base.DeserializationError, match="密钥文件里没有密钥"):
        list(serializers.deserialize("json", told))


def test_a_text_that_looks_like_a_token_is_a_text(sender):
    typed = seal("别人的号码", "other")
    sender.phone = typed
    sender.save()

    assert Sender.objects.get().phone.open() == typed


def test_a_blank_stays_blank_and_none_stays_none(db):
    sender = Sender.objects.create(name="无名", phone="")

    again = Sender.objects.get()
    assert (kept(), kept("id_number")) == ([""], [None])
    assert (bool(again.phone), str(again.phone), again.phone.open()) == (False, "", "")
    assert again.id_number is None
    assert again.phone == ""
    assert list(Sender.objects.filter(phone="", id_number=None)) == [sender]


def test_values_lists_and_deferred_fields_are_sealed_too(sender):
    (row,) = Sender.objects.values("phone")
    (flat,) = Sender.objects.values_list("phone", flat=True)
    late = Sender.objects.defer("phone").get()

    assert [type(row["phone"]), type(flat), type(late.phone)] == [Sealed] * 3
    assert late.phone.open() == flat.open() == CLEAR


def test_all_ways_to_save_seal(sender):
    Sender.objects.bulk_create([Sender(name="批量", phone="13700000000")])
    Sender.objects.filter(name="张").update(phone="13600000000")
    other = Sender.objects.get(name="批量")
    other.note = "备注"
    Sender.objects.bulk_update([other], ["note"])

    assert [one.phone.open() for one in Sender.objects.order_by("pk")] == [
        "13600000000",
        "13700000000",
    ]
    assert all(is_token(one) for one in kept())
    assert Sender.objects.get(name="批量").note.open() == "备注"


@pytest.mark.parametrize(
    "asked", [{"phone": CLEAR}, {"phone__contains": "138"}, {"phone__in": [CLEAR]}]
)
def test_to_look_for_a_sealed_value_is_refused(db, asked):
    with pytest.raises(BadInput, match="按指纹查找"):
        list(Sender.objects.filter(**asked))


def test_a_value_taken_over_from_another_field_is_sealed_for_this_one(sender):
    sender.note = sender.phone
    sender.save()

    again = Sender.objects.get()
    assert again.note.open() == CLEAR
    with pytest.raises(Unreadable):
        Sealed(again.phone.token, "papers.Sender.note").open()


def test_the_context_can_outlive_a_new_name(sender):
    assert Sender._meta.get_field("note").context == "papers.Sender.remark"
    assert Sender._meta.get_field("phone").context == "papers.Sender.phone"
    assert SealedText(mask="id", context="x").deconstruct()[3] == {"mask": "id", "context": "x"}


def test_saving_a_record_seals_anew_what_is_under_an_older_key(sender):
    keyring.add()
    again = Sender.objects.get()
    again.save()

    assert [is_current(kept(name)[0]) for name in ("phone", "id_number")] == [True, True]
    assert Sender.objects.get().phone.open() == CLEAR


def test_what_does_not_open_says_so_and_breaks_no_page(sender):
    Sender.objects.update(phone=models.Value("gk1.damaged", output_field=models.TextField()))

    phone = Sender.objects.get().phone
    assert (str(phone), phone == "") == (UNOPENABLE, False)
    with pytest.raises(Unreadable):
        phone.open()


def test_equal_is_what_is_equal_in_the_clear(sender):
    phone = Sender.objects.get().phone

    assert phone == CLEAR
    assert phone != MASKED
    assert phone == Sender(phone=CLEAR).phone
    assert len({phone, Sender(phone=CLEAR).phone}) == 1
    assert phone != 13812341234


def test_a_form_sent_back_untouched_keeps_the_number_behind_the_mask(sender):
    form_class = modelform_factory(Sender, fields=["name", "phone"])
    shown = form_class(instance=Sender.objects.get())
    assert (MASKED in str(shown), CLEAR in str(shown)) == (True, False)

    untouched = form_class({"name": "李", "phone": MASKED}, instance=Sender.objects.get())
    untouched.save()
    assert untouched.changed_data == ["name"]
    assert (Sender.objects.get().name, Sender.objects.get().phone.open()) == ("李", CLEAR)

    form_class({"name": "李", "phone": "13900001111"}, instance=Sender.objects.get()).save()
    assert Sender.objects.get().phone.open() == "13900001111"
    form_class({"name": "李", "phone": ""}, instance=Sender.objects.get()).save()
    assert Sender.objects.get().phone.open() == ""


def test_validators_look_at_the_clear_text():
    class Strict(models.Model):
        phone = SealedText(validators=[RegexValidator(r"^1\d{10}$", "应是手机号码。")])

        class Meta:
            app_label = "vault"
            managed = False

    Strict(phone=CLEAR).full_clean()
    with pytest.raises(ValidationError, match="应是手机号码"):
        Strict(phone="12345").full_clean()
    with pytest.raises(ValidationError):
        Strict(phone="").full_clean()
    from django.apps import apps

    del apps.all_models["vault"]["strict"]
    apps.clear_cache()


def test_an_unknown_mask_is_refused_at_once():
    with pytest.raises(BadInput, match="没有“card”这种遮盖办法"):
        SealedText(mask="card")


def test_the_trail_writes_down_the_mask(sender):
    step = record(sender, "edit", by=None, changes={"phone": ["", sender.phone]})

    assert step.changes == {"phone": ["", MASKED]}
