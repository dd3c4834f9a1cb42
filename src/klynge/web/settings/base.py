"""What holds everywhere. The other settings modules import this one and say what differs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from klynge.web.settings import environment

WEB = Path(__file__).resolve().parent.parent
HOME = environment.home()

DEBUG = False
DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "rules.apps.AutodiscoverRulesConfig",
    "klynge.web.audit",
    "klynge.web.accounts",
    "klynge.web.bodies",
    "klynge.web.figures",
    "klynge.web.agreements",
    "klynge.web.meetings",
    "klynge.web.meetings.papers",
    "klynge.web.decisions",
    "klynge.web.goals",
    "klynge.web.initiatives",
    "klynge.web.funds",
    "klynge.web.publishing",
    "klynge.web.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "klynge.web.site.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "klynge.web.site.middleware.WrittenTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "klynge.web.site.middleware.ChosenDateMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "klynge.web.urls"
WSGI_APPLICATION = "klynge.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "klynge.web.site.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "klynge.web.site.templatetags.klynge"],
        },
    }
]

# Who may come in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it stops what has been tried too often
    "rules.permissions.ObjectPermissionBackend",
    "klynge.web.accounts.backends.PasswordBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # a link to choose a password: three days, as it says
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "site:home"
LOGOUT_REDIRECT_URL = "accounts:login"

# Ten wrong passwords for a user name, whoever writes them, and it rests a quarter of an hour. The
# name is kept as a digest (some write their password there), and no address at all.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "klynge.web.accounts.backends.name_in_disguise"
AXES_CLIENT_IP_CALLABLE = "klynge.web.accounts.backends.no_address"
AXES_LOCKOUT_CALLABLE = "klynge.web.accounts.views.locked"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # it asks for addresses: behind a proxy all have the same

OTP_TOTP_ISSUER = "Klynge"
KLYNGE_SECOND_STEP = environment.second_step(default="voluntary")

# Languages: Danish is the source, so it needs no catalogue; English is the second.
LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [WEB / "locale"]
FORMAT_MODULE_PATH = ["klynge.web.site.formats"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True

# Files
STATIC_URL = "static/"
STATIC_ROOT = environment.static_root()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = HOME / "media"
FILE_UPLOAD_HANDLERS = [
    "klynge.web.bodies.uploads.LimitedUpload",  # first: it stops what is too large
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Mail: only calendar invitations, and never anything of an agenda
globals().update(environment.mail())

# Nothing from other hosts, no inline style or script: what a page may do is what we wrote in files.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "klynge.web.site.views.form_expired"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Our own
KLYNGE_TODAY = environment.day("KLYNGE_TODAY")  # None: the real date
KLYNGE_DEMO = False
KLYNGE_OUTLINES = environment.outlines()
KLYNGE_CONTACT = environment.contact()
