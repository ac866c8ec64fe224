"""Django's settings, all of them derived from what the deployment says (`environment`)."""

from typing import Any

from django.db.backends.signals import connection_created

from sightline.service.config.environment import (
    database_settings,
    read_environment,
    sign_on_settings,
)
from sightline.service.config.logs import logging_settings
from sightline.service.config.moments import read_moments

DEPLOYMENT = read_environment()

SECRET_KEY = DEPLOYMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = list(DEPLOYMENT.allowed_hosts)
SIGHTLINE_DEMONSTRATION = DEPLOYMENT.demonstration

INSTALLED_APPS = [
    "sightline.service.design",
    "sightline.service.accounts",
    "sightline.service.audit",
    "sightline.service.children",
    "sightline.service.frontdoor",
    "sightline.service.protection",
    "sightline.service.missing",
    "sightline.service.reminders",
    "sightline.service.measures",
    "sightline.service.feed",
    "sightline.service.scrutiny",
    "sightline.service.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # for allauth's list of passkeys
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "sightline.service.config.access.AccessLogMiddleware",
    "sightline.service.config.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "sightline.service.config.headers.ContentPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sightline.service.audit.context.AuditMiddleware",
    "sightline.service.accounts.sessions.SessionLimitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sightline.service.api.access.ApiMiddleware",
    "sightline.service.children.once.AskedOnceMiddleware",
    "sightline.service.accounts.gate.GateMiddleware",
]

ROOT_URLCONF = "sightline.service.config.urls"
WSGI_APPLICATION = "sightline.service.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sightline.service.design.navigation.navigation",
            ],
            "builtins": ["django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "sightline.service.design.forms.GovukRenderer"

DATABASES = {"default": database_settings(DEPLOYMENT.database, DEPLOYMENT.home)}
connection_created.connect(read_moments, dispatch_uid="moments")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Beyond it entries are thrown away: with few, a flood would free whoever is locked out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# How far the public pages of scrutiny may lag behind a change: so long a process asks for none.
PUBLIC_MARK_SECONDS = 1

# Who signs in, and how.
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", **options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"OPTIONS": {"min_length": 12}}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "overview"
ACCOUNT_ADAPTER = "sightline.service.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "sightline.service.accounts.adapters.SignOnAdapter"
ACCOUNT_FORMS = {
    "login": "sightline.service.accounts.forms.SignInForm",
    "reset_password": "sightline.service.accounts.forms.NewPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
SIGN_IN_FAILURES, SIGN_IN_LOCKED_MINUTES = 5, 15
ACCOUNT_RATE_LIMITS = {
    # A whole office may come from one address.
    "login_failed": f"{SIGN_IN_FAILURES}/{SIGN_IN_LOCKED_MINUTES}m/key,50/{SIGN_IN_LOCKED_MINUTES}m/ip",
    "login": "60/m/ip",
}
SECOND_FACTOR = DEPLOYMENT.second_factor
MFA_FORMS = {"add_webauthn": "sightline.service.accounts.forms.PasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not DEPLOYMENT.https
MFA_TOTP_ISSUER = "Sightline"
MFA_ADAPTER = "sightline.service.accounts.adapters.MfaAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = sign_on_settings(DEPLOYMENT.sign_on)

# Both limits are kept by `accounts.sessions`.
SESSION_COOKIE_AGE = DEPLOYMENT.longest_hours * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = DEPLOYMENT.idle_minutes * 60
SESSION_COOKIE_NAME = "sightline_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would lose the session on the way back from single sign-on
CSRF_COOKIE_NAME = "sightline_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "sightline.service.accounts.views.own.csrf_failure"

# What may be reached, and from where.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = DEPLOYMENT.https
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if DEPLOYMENT.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = DEPLOYMENT.https
# Whether a request came by HTTPS, gunicorn says, which believes only the proxy that `serve` was told of.
SECURE_PROXY_SSL_HEADER = None
# With HTTPS there is one proxy in front; it says who asked, or all would share one rate limit.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if DEPLOYMENT.https else 0
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if DEPLOYMENT.https else []
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 0  # files go to disk as they come
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_TEMP_DIR = None
# No page takes files but one, which sets its own.
FILE_UPLOAD_HANDLERS = ["sightline.service.measures.load_uploads.NoUpload"]

STATIC_URL = "static/"  # served as the package holds them: nothing is to be collected
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if DEPLOYMENT.email
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST, _, _port = DEPLOYMENT.email.partition(":")
EMAIL_PORT = int(_port or 25)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = DEPLOYMENT.sender

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

LOGGING = logging_settings(DEPLOYMENT.log_level)
LOGGING_CONFIG = "logging.config.dictConfig"
