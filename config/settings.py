"""All settings of Centro, in one file. What a center may choose comes from config/env.py."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from config import env as environment

ENV = environment.read()
ROOT = environment.ROOT
DATA: Path = ENV.data
DATA.mkdir(parents=True, exist_ok=True, mode=0o700)

DEBUG = False
DEMO = ENV.is_demo
TESTING = ENV.is_test
SECURE = not (DEMO or TESTING)
SECRET_KEY = ENV.secret()
FIELD_MODE = DEMO or TESTING or ENV.CENTRO_FIELD_MODE == "on"
ALLOWED_HOSTS = ENV.hosts

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "template_partials",
    "centro.core",  # before allauth: its pages are ours
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "anymail",
    "centro.people",
    "centro.clinic",
    "centro.organizing",
    "centro.web",
    "django.forms",  # after ours: templates/django/forms/field.html is our field
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "centro.core.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "centro.core.middleware.keys_ready",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "centro.core.middleware.refuse_large_bodies",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "centro.core.middleware.same_origin_only",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "centro.core.middleware.session_limits",
    "centro.core.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "centro.core.middleware.viewing",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "centro.web.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "centro.core.templatetags.centro",
                "centro.people.templatetags.people",
                "centro.web.templatetags.look",
            ],
        },
    }
]


def _database() -> dict[str, object]:
    """SQLite with every promise of durability on, or the PostgreSQL that DATABASE_URL names.

    `trusted_schema` stays at its default: with it off, SQLite 3.40 refuses the JSON checks of JSON columns.
    """
    if not ENV.DATABASE_URL:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "centro.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                    "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
                    "PRAGMA cache_size=-65536; PRAGMA busy_timeout=10000"
                ),
            },
        }
    url = urlsplit(ENV.DATABASE_URL)
    host = next((pair[5:] for pair in url.query.split("&") if pair.startswith("host=")), url.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(host),
        "PORT": url.port or "",
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": _database()}
# The keyring is its own small SQLite file on both backends: a write-ahead archive must not keep dead keys.
KEYRING = DATA / "keyring.sqlite3"
# Locked start: the root key lies on the disk only sealed by a passphrase, and in memory once that was said.
SEALED_ROOT_KEY = DATA / "root.sealed"
UNLOCKED_ROOT_KEY = ENV.memory / "root.key"
_CLEAR_ROOT_KEY = Path(ENV.CENTRO_ROOT_KEY_FILE) if ENV.CENTRO_ROOT_KEY_FILE else DATA / "root.key"
ROOT_KEY_FILE = UNLOCKED_ROOT_KEY if SEALED_ROOT_KEY.exists() else _CLEAR_ROOT_KEY
BLOBS = DATA / "blobs"

# The cache holds sign-in limits and used one-time codes, so it is shared between processes: the database. It is
# large, because a small one would be emptied of limits by whoever fills it with guesses.
CACHES = {
    "default": {
        "BACKEND": "centro.core.limits.LimitsTable",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- who signs in -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["centro.core.accounts.Argon2idHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "centro.core.accounts.AccountAdapter"
MFA_ADAPTER = "centro.core.accounts.MFAAdapter"
ACCOUNT_FORMS = {
    "login": "centro.core.forms.SignIn",
    "reauthenticate": "centro.core.forms.PasswordAgain",
    "change_password": "centro.core.forms.ChangePassword",
    "set_password": "centro.core.forms.SetPassword",
}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # sealed, and nobody signs in with it
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key", "login": "30/m/ip"}
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.whole("CENTRO_PROXIES", 0, 9)
MFA_FORMS = {
    "authenticate": "centro.core.forms.Code",
    "reauthenticate": "centro.core.forms.CodeAgain",
    "activate_totp": "centro.core.forms.FirstCode",
    "add_webauthn": "centro.core.forms.NewPasskey",
    "edit_webauthn": "centro.core.forms.PasskeyName",
}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # nothing to guess: wide enough for an office behind one address
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TRUST_ENABLED = False
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Centro"
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or TESTING
USERSESSIONS_TRACK_ACTIVITY = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "centro.web.views.errors.csrf_failed"
LANGUAGE_COOKIE_NAME = "centro_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 86400
if SECURE:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 86400
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = False
# Not "no-referrer": with it browsers send `Origin: null` with our own forms, which the CSRF check refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- what comes in ------------------------------------------------------------------------------------------------
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 26 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
BODY_LIMIT = 27 * 1024 * 1024

# --- words, days, numbers -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("ko", "한국어")]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = "config.formats"
CONTENT = ROOT / "content"
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENV.CENTRO_TIME_ZONE

# --- files --------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "instance" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not TESTING
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING

# --- work in the background, mail ---------------------------------------------------------------------------------
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if not TESTING
        else "django_tasks.backends.immediate.ImmediateBackend"
    }
}
DEFAULT_FROM_EMAIL = ENV.CENTRO_MAIL_FROM
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_IS_ON = bool(ENV.EMAIL_URL)
if ENV.EMAIL_URL:
    _mail = urlsplit(ENV.EMAIL_URL)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = True

# --- texts --------------------------------------------------------------------------------------------------------
TEXT_HOURS = (0, 24) if DEMO else ENV.text_hours  # nothing leaves a demo, and people try it in the evening
# No account: texts wait in the outbox until somebody sends them from the center's phone. A demo never has one.
TWILIO_ACCOUNT, TWILIO_TOKEN = "", ""
if ENV.TWILIO_ACCOUNT_SID and SECURE:
    TWILIO_ACCOUNT, TWILIO_TOKEN = ENV.TWILIO_ACCOUNT_SID, ENV.twilio_token()
TWILIO_FROM, TWILIO_API = ENV.TWILIO_FROM, ENV.TWILIO_API
SITE_ADDRESS = f"https://{ALLOWED_HOSTS[0]}" if SECURE and ALLOWED_HOSTS else "http://testserver"

# --- public form --------------------------------------------------------------------------------------------------
# A browser works some seconds for each form; more than 24 bits would be minutes on an old phone.
WORK_BITS = ENV.whole("CENTRO_WORK_BITS", 0, 24)

# --- members ------------------------------------------------------------------------------------------------------
DUES_CENTS_A_YEAR = ENV.whole("CENTRO_DUES_A_YEAR", 0, 10_000) * 100
QUORUM_PERCENT = ENV.whole("CENTRO_QUORUM_PERCENT", 1, 100)

# --- logs: allow-listed keys only, never a value ------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "centro.core.logs.AllowListed"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "centro": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
DEFAULT_EXCEPTION_REPORTER = "centro.core.logs.SilentReporter"
# Not asked of a center: lists in browsers that nobody leaves within months, and that bind all other sites of its name.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
