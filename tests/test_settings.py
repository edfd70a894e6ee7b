"""What the environment may say, and what is answered when it says something else."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command

from gongkai.errors import BadInput
from gongkai.settings import database


def test_an_address_of_postgresql_is_taken_apart():
    found = database("postgresql://gong:p%40ss@db.example:5433/kai")

    assert {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "kai",
        "USER": "gong",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
    }


def test_sqlite_takes_its_lock_when_a_transaction_begins():
    found = database("sqlite:////srv/gongkai.sqlite3")

    assert found["NAME"] == "/srv/gongkai.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("address", ["", "mysql://x/y", "postgresql://host", "gongkai.sqlite3"])
def test_another_kind_of_database_is_refused(address):
    with pytest.raises(BadInput, match="GONGKAI_DATABASE 应写成"):
        database(address)


def environment(home, **said):
    usual = {name: value for name, value in os.environ.items() if "GONGKAI" not in name}
    usual.pop("DJANGO_SETTINGS_MODULE", None)
    return usual | {"GONGKAI_HOME": str(home)} | said


def gongkai(*arguments, env):
    command = [sys.executable, "-m", "gongkai", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("GONGKAI_DEMO", "yes", "设置 GONGKAI_DEMO 只能是 0 或 1，现在是“yes”。"),
        (
            "GONGKAI_SESSION_MINUTES",
            "0",
            "设置 GONGKAI_SESSION_MINUTES 应是大于 0 的整数，现在是“0”。",
        ),
    ],
)
def test_a_wrong_setting_is_a_sentence_and_not_a_traceback(tmp_path, name, value, sentence):
    done = gongkai("trail", "head", env=environment(tmp_path, **{name: value}))

    assert (done.returncode, done.stderr.strip()) == (2, sentence)


def test_the_settings_of_real_use_are_safe(tmp_path):
    """Django's own check for deployment finds nothing, and OIDC can be switched on."""
    said = {"GONGKAI_OIDC_SERVER": "https://sso.example.gov.cn/realms/city"}
    done = gongkai(
        "manage", "check", "--deploy", "--fail-level", "WARNING", env=environment(tmp_path, **said)
    )

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
