"""测试用的站点设置：the real settings, on a throw-away database and with a cheap password hash.

GONGKAI_TEST_DATABASE chooses the database: empty for SQLite, or postgresql://user:password@host/name.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_SCRATCH = Path(tempfile.mkdtemp(prefix="gongkai-test-"))
atexit.register(shutil.rmtree, _SCRATCH, ignore_errors=True)

for name in [name for name in os.environ if name.startswith("GONGKAI_") and "_TEST_" not in name]:
    del os.environ[name]
os.environ["GONGKAI_HOME"] = str(_SCRATCH)
os.environ["GONGKAI_HTTPS"] = "0"
if address := os.environ.get("GONGKAI_TEST_DATABASE"):
    os.environ["GONGKAI_DATABASE"] = address

from gongkai.settings import *  # noqa: E402, F403
from gongkai.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

STATIC_ROOT.mkdir()
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads with connections of their own must meet in it.
    DATABASES["default"]["TEST"] = {"NAME": str(_SCRATCH / "test.sqlite3")}

INSTALLED_APPS = [*INSTALLED_APPS, "papers"]  # noqa: F405
