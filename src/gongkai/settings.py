"""站点设置：everything an installation can choose, read from the environment.

==========================  =================================  ==================================
变量                         默认                               含义
==========================  =================================  ==================================
GONGKAI_HOME                ./gongkai-data                     数据目录：数据库、附件、密钥
GONGKAI_DEMO                0                                  1 = 演示：一键登录，不要求动态口令
GONGKAI_DEBUG               0                                  1 = 开发：显示出错细节
GONGKAI_DATABASE            sqlite:///<HOME>/gongkai.sqlite3   或 postgresql://用户:口令@主机:端口/库名
GONGKAI_FILES               <HOME>/files                       附件存放：文件夹，或
                                                               s3://密钥:口令@主机/桶名/前缀
GONGKAI_UPLOAD_MB           200                                一次上传的上限（MB）
GONGKAI_SECRET_KEY          <HOME>/secret.key 中自动生成       签名密钥
GONGKAI_VAULT_KEYS          <HOME>/vault.keys，自动生成        密存个人信息的密钥文件
GONGKAI_VAULT_CIPHER        aes                                新密钥的算法：aes 或国密 sm4
GONGKAI_HOSTS               localhost,127.0.0.1,[::1]          允许访问的域名，逗号分隔
GONGKAI_HTTPS               非演示、非开发时为 1               仅限 HTTPS：安全 Cookie、HSTS、跳转
GONGKAI_PROXY               0                                  1 = 前面有反向代理，信任其请求头
GONGKAI_SESSION_MINUTES     30                                 多少分钟不操作即退出登录
GONGKAI_LOCK_ATTEMPTS       5                                  连续几次口令错误后锁定
GONGKAI_LOCK_MINUTES        30                                 锁定多少分钟
GONGKAI_SITE_NAME           政府信息公开平台                   网站名称（页面标签 SiteName）
GONGKAI_SITE_DOMAIN         空                                 网站域名（SiteDomain）
GONGKAI_SITE_ID_CODE        空                                 政府网站标识码，10 位（SiteIDCode）
GONGKAI_SITE_HOST           空                                 主办单位
GONGKAI_SITE_KEEPER         空                                 承办单位
GONGKAI_SITE_CONTACT        空                                 联系方式
GONGKAI_SITE_ICP            空                                 ICP 备案编号
GONGKAI_SITE_POLICE         空                                 公安机关备案号
GONGKAI_SITE_EMBLEM         空                                 党政机关网站标识的链接
GONGKAI_SITE_MISTAKES       空                                 “我为政府网站找错”的链接
GONGKAI_SMTP                空                                 发信：smtps://用户:口令@主机:端口，
                                                               或 smtp+tls://…、smtp://…
GONGKAI_MAIL_FROM           空                                 发件地址：名称 <地址>，或者只写地址
GONGKAI_SMS                 空                                 短信网关的接口，https://…
GONGKAI_SMS_SECRET          空                                 短信网关的签名密钥，至少 16 个字符
GONGKAI_WEBHOOK             空                                 推送通知的接口，https://…
GONGKAI_WEBHOOK_SECRET      空                                 推送的签名密钥，至少 16 个字符
GONGKAI_NOTICE_DAYS         184                                通知的地址和正文保留多少天，至少 184
                                                               （网络日志不少于六个月）
GONGKAI_SEALER              空                                 电子签章的类，如 seals.jinan.Seal，
                                                               空 = 上传用印后的文书
GONGKAI_OIDC_SERVER         空                                 统一身份认证（OIDC）地址；空 = 不用
GONGKAI_OIDC_NAME           统一身份认证                       登录页上的名称
GONGKAI_OIDC_CLIENT         空                                 客户端标识
GONGKAI_OIDC_SECRET         空                                 客户端密钥
GONGKAI_OIDC_CLAIM          preferred_username                 与用户名对应的声明
==========================  =================================  ==================================
"""

from __future__ import annotations

import os
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from gongkai.errors import BadInput
from gongkai.files.stores import store
from gongkai.notices.addresses import endpoint, mail_server, notice_days


def _text(name: str, default: str = "") -> str:
    return os.environ.get(f"GONGKAI_{name}", default).strip()


def _switch(name: str, default: bool = False) -> bool:
    value = _text(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise BadInput(f"设置 GONGKAI_{name} 只能是 0 或 1，现在是“{value}”。")
    return value == "1"


def _number(name: str, default: int) -> int:
    value = _text(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) == 0:
        raise BadInput(f"设置 GONGKAI_{name} 应是大于 0 的整数，现在是“{value}”。")
    return int(value)


def database(address: str) -> dict[str, Any]:
    """数据库：the address of a database as Django wants it.

    SQLite takes its write lock when a transaction begins, so that two writers wait for each
    other instead of failing half-way. Raises BadInput for an address of another kind.
    """
    if address.startswith("sqlite:///"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": address.removeprefix("sqlite:///"),
            # Opening it anew for each request costs as much as a whole page.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                " PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000;",
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise BadInput(
            "设置 GONGKAI_DATABASE 应写成 sqlite:///文件 或 postgresql://用户:口令@主机:端口/库名。"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _secret_key() -> str:
    """The signing key; made once and kept where only this account can read it."""
    if key := _text("SECRET_KEY"):
        return key
    file = HOME / "secret.key"
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        HOME.mkdir(parents=True, exist_ok=True)
        try:
            with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
                new.write(secrets.token_urlsafe(64))
        except FileExistsError:
            pass  # another worker was first
        return file.read_text().strip()


def _vault() -> dict[str, Any]:
    """密存：where its keys are, whether they are put there by others, the cipher of new ones."""
    cipher = _text("VAULT_CIPHER", "aes").lower()
    if cipher not in {"aes", "sm4"}:
        raise BadInput(f"设置 GONGKAI_VAULT_CIPHER 只能是 aes 或 sm4，现在是“{cipher}”。")
    mounted = _text("VAULT_KEYS")
    return {"keys": mounted or str(HOME / "vault.keys"), "mounted": bool(mounted), "cipher": cipher}


HOME = Path(_text("HOME", "gongkai-data")).resolve()
DEMO = _switch("DEMO")
DEBUG = _switch("DEBUG")
HTTPS = _switch("HTTPS", not (DEMO or DEBUG))

SECRET_KEY = _secret_key()
VAULT = _vault()
ALLOWED_HOSTS = [h.strip() for h in _text("HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
CSRF_TRUSTED_ORIGINS = [f"https://{h.lstrip('.')}" for h in ALLOWED_HOSTS if h != "*"]

OIDC_SERVER = _text("OIDC_SERVER")
OIDC_CLAIM = _text("OIDC_CLAIM", "preferred_username")

#: The rooms of the house that are Django apps, from the ground up.
ROOMS = [
    f"gongkai.{room}"
    for room in (
        *("theme", "search", "jobs", "trail", "vault"),
        "organs",
        *("files", "steps"),
        "notices",
        "documents",
        "applications",
        "disputes",
        "reporting",
        *("desk", "portal"),
    )
    if find_spec(f"gongkai.{room}")
]

INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_prose_editor",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.theme.middleware.ContentPolicy",
    "gongkai.theme.middleware.Script",
    "gongkai.files.middleware.SizeLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongkai.organs.middleware.Readiness",
    "gongkai.theme.middleware.Sentences",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongkai.urls"
WSGI_APPLICATION = "gongkai.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.theme.context.site",
            ],
            "builtins": ["gongkai.theme.templatetags.theme"],
        },
    }
]
FORM_RENDERER = "gongkai.theme.forms.Renderer"

DATABASES = {"default": database(_text("DATABASE") or f"sqlite:///{HOME / 'gongkai.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["gongkai.theme.formats"]

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": store(_text("FILES") or str(HOME / "files")),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# ── 后台任务 background work ─────────────────────────────────────────────────────────────────
TASKS = {
    "default": {
        "BACKEND": "gongkai.jobs.backend.LeaseBackend",
        "QUEUES": [],
        "OPTIONS": {"lease": 30, "attempts": 5},
    }
}

# ── 通知 what goes out of the house ─────────────────────────────────────────────────────────
_MAIL = mail_server(_text("SMTP"), _text("MAIL_FROM"))
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.starttls, _MAIL.tls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _text("MAIL_FROM") or "webmaster@localhost"
SMS = endpoint("GONGKAI_SMS", _text("SMS"), _text("SMS_SECRET"))
WEBHOOK = endpoint("GONGKAI_WEBHOOK", _text("WEBHOOK"), _text("WEBHOOK_SECRET"))
#: The class that puts the office's electronic seal on a PDF (gongkai.applications.sealing.Sealer).
SEALER = _text("SEALER")
NOTICE_DAYS = notice_days(_number("NOTICE_DAYS", 184))

# ── 登录 sign-in ────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "organs.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"

SESSION_COOKIE_AGE = _number("SESSION_MINUTES", 30) * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

ACCOUNT_ADAPTER = "gongkai.organs.signin.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_DISPLAY = "gongkai.organs.signin.display"
ACCOUNT_FORMS = {"login": "gongkai.organs.signin.SignInForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = _text("SITE_NAME", "政府信息公开平台")
MFA_ADAPTER = "gongkai.organs.signin.SecondFactorAdapter"

AXES_FAILURE_LIMIT = _number("LOCK_ATTEMPTS", 5)
AXES_COOLOFF_TIME = _number("LOCK_MINUTES", 30) / 60
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "gongkai.organs.signin.tried_username"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "gongkai.organs.signin.locked_out"
AXES_CLIENT_IP_CALLABLE = "gongkai.organs.signin.client_address"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False

SOCIALACCOUNT_ADAPTER = "gongkai.organs.unified.UnifiedAdapter"
if OIDC_SERVER:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "unified",
                    "name": _text("OIDC_NAME", "统一身份认证"),
                    "client_id": _text("OIDC_CLIENT"),
                    "secret": _text("OIDC_SECRET"),
                    "settings": {"server_url": OIDC_SERVER},
                }
            ]
        }
    }

# ── 安全 security ───────────────────────────────────────────────────────────────────────────
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "gongkai.theme.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
PROXY = _switch("PROXY")
if PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
UPLOAD_MB = _number("UPLOAD_MB", 200)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# W006: locked is the account, not the address: a whole office often goes out through one address.
# W005, W021: whether sub-domains and the preload list follow is for the owner of the domain.
SILENCED_SYSTEM_CHECKS = ["axes.W006", "security.W005", "security.W021"]

# ── 网站标识 what the guidelines for government websites put on every page ────────────────────
# The demonstration has marks of its own: given to nobody, and the foot says that they are its.
_MARKS = {
    "DOMAIN": "www.example.gov.cn",
    "ID_CODE": "1301009999",
    "HOST": "石家庄市人民政府（演示）",
    "KEEPER": "石家庄市人民政府办公室（演示）",
    "CONTACT": "0311-00000000（演示）",
    "ICP": "冀ICP备00000000号（演示）",
    "POLICE": "冀公网安备13010000000000号（演示）",
}


def _mark(name: str) -> str:
    return _text(f"SITE_{name}", _MARKS[name] if DEMO else "")


SITE = {
    "name": _text("SITE_NAME", "政府信息公开平台"),
    "domain": _mark("DOMAIN"),
    "id_code": _mark("ID_CODE"),
    "host": _mark("HOST"),
    "keeper": _mark("KEEPER"),
    "contact": _mark("CONTACT"),
    "icp": _mark("ICP"),
    "police": _mark("POLICE"),
    "emblem": _text("SITE_EMBLEM"),
    "mistakes": _text("SITE_MISTAKES"),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gongkai": {"level": "INFO"}},
}
