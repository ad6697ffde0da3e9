"""All settings. Values come from the environment or from `.env`; the defaults are safe for production.

`#: NAME: meaning` documents an environment variable, and `#: NAME (default: text): meaning` one with a computed default.
docs/configuration.md is made from these comments: python docs/generate_configuration.py
"""

import os
from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

BASE_DIR = Path(__file__).resolve().parent.parent

# -- Start --------------------------------------------------------------------------------------------------------------
env = environ.Env()
#: ENV_FILE (default: `.env` in the project folder): file with settings, one `NAME=value` per line; the environment wins
ENV_FILE = Path(env.str("ENV_FILE", default=str(BASE_DIR / ".env")))
environ.Env.read_env(str(ENV_FILE))

#: VAR_DIR (default: `var/` in the project folder): folder for the database, logos, collected static files and search index
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
os.umask(
    0o077
)  # the database, drafts, logs and index of an installation are for its own user, whatever process makes them
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

#: DEBUG: 1 shows tracebacks to visitors; never in production
DEBUG = env.bool("DEBUG", default=False)
#: SECRET_KEY (default: none, required): long random value that signs sessions and links; `make run` writes one into `.env`
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Put a long random value in the environment or in .env, for example the output of: "
        'python3 -c "import secrets; print(secrets.token_urlsafe(64))"'
    )

# -- The site -----------------------------------------------------------------------------------------------------------
#: SITE_NAME: name in the page header, in titles and in mails
SITE_NAME = env.str("SITE_NAME", default="Open Career Portal")
#: SITE_URL (default: `http://127.0.0.1:8000`): absolute address of the site, for links in mails, feeds, the sitemap and
#: structured data
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}").rstrip("/")
#: ALLOWED_HOSTS: host names the site answers to, separated by commas
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
#: CSRF_TRUSTED_ORIGINS (default: `SITE_URL`): origins whose pages may send forms, separated by commas
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL] if SITE_URL.startswith("https://") else [])
#: TIME_ZONE: time zone of the admin, and of postings without a time zone of their own
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
LANGUAGE_CODE = "en"
USE_I18N = False  # all texts are English; choosing a language by request would cost 5 % of a page
USE_TZ = True
FORMAT_MODULE_PATH = "portal.formats"  # dates as "30 Nov 2026"; the formats of Django's "en" outrank DATE_FORMAT here

# -- Jobs and guides ----------------------------------------------------------------------------------------------------
#: PAY_CURRENCY: currency of the pay amounts in a job search that names no currency
PAY_CURRENCY = env.str("PAY_CURRENCY", default="USD")
#: POSTINGS_PER_PAGE: jobs on one page of the list
POSTINGS_PER_PAGE = env.int("POSTINGS_PER_PAGE", default=20)
#: CLOSED_POSTING_DAYS: days a closed posting stays readable; after that its page answers 410
CLOSED_POSTING_DAYS = env.int("CLOSED_POSTING_DAYS", default=90)
#: CLOSED_POSTING_STATUS: HTTP status of a closed posting during these days: 200 or 410
CLOSED_POSTING_STATUS = env.int("CLOSED_POSTING_STATUS", default=200)
#: PREVIEW_LINK_DAYS: days a preview link works, for people without a login
PREVIEW_LINK_DAYS = env.int("PREVIEW_LINK_DAYS", default=7)
#: POSTING_HORIZON_DAYS: latest closing day of a posting, in days from today
POSTING_HORIZON_DAYS = env.int("POSTING_HORIZON_DAYS", default=365)
#: COUNT_WRITE_SECONDS: seconds between two writes of counted views and clicks; 0 counts nothing
COUNT_WRITE_SECONDS = env.int("COUNT_WRITE_SECONDS", default=5)
#: CONTACT_REMINDER_DAYS: days before closing when the contact of a job is asked about it; 0: never
CONTACT_REMINDER_DAYS = env.int("CONTACT_REMINDER_DAYS", default=7)
#: CONTACT_LINK_DAYS: days the links in that mail work
CONTACT_LINK_DAYS = env.int("CONTACT_LINK_DAYS", default=21)
#: POSTING_BLOCKING_RULES: checks that block publishing, separated by commas; missing required fields always block (checks.md)
POSTING_BLOCKING_RULES = env.list(
    "POSTING_BLOCKING_RULES", default=["dummy_text", "placeholder", "description_is_title"]
)
#: POSTING_CHECKS_DIR: folder with your own tables of laws, phrases and word stems, used instead of ours (checks.md)
POSTING_CHECKS_DIR = env.str("POSTING_CHECKS_DIR", default="")
#: REVIEW_CLAIM_MINUTES: minutes a reviewer keeps a claimed submission, unless another reviewer takes it over
REVIEW_CLAIM_MINUTES = env.int("REVIEW_CLAIM_MINUTES", default=60)
#: MAIL_EACH_SUBMISSION: 1 mails every submission to those who may publish; 0 leaves it to the daily digest
MAIL_EACH_SUBMISSION = env.bool("MAIL_EACH_SUBMISSION", default=True)
#: GUIDE_REVIEW_DAYS: days until a reviewed guide is due for review again
GUIDE_REVIEW_DAYS = env.int("GUIDE_REVIEW_DAYS", default=180)
#: FIGURE_REVIEW_YEARS: years until a figure is marked as dated
FIGURE_REVIEW_YEARS = env.int("FIGURE_REVIEW_YEARS", default=3)
#: LANDING_MINIMUM: open jobs of a role in a country that give it a page for search engines
LANDING_MINIMUM = env.int("LANDING_MINIMUM", default=5)
#: ADVERTISED_PAY_MINIMUM: open jobs of a role from which its guide shows the pay they offer
ADVERTISED_PAY_MINIMUM = env.int("ADVERTISED_PAY_MINIMUM", default=5)

# -- Page cache ---------------------------------------------------------------------------------------------------------
#: KEPT_PAGES_MEGABYTES (default: `32`, with `DEBUG=1` `0`): memory of each process for rendered pages, served until content
#: changes; 0: none
KEPT_PAGES_MEGABYTES = env.int("KEPT_PAGES_MEGABYTES", default=0 if DEBUG else 32)
#: SHARED_CACHE_SECONDS: seconds a CDN or proxy may serve a page without asking; 0: it must ask each time
SHARED_CACHE_SECONDS = env.int("SHARED_CACHE_SECONDS", default=5)

# -- Applications -------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",  # the site itself is ours: portal.admin_site.site
    "unfold.contrib.filters",
    "unfold.contrib.import_export",
    "unfold.contrib.simple_history",
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_tasks_db",
    "import_export",
    "simple_history",
    "careers.changes",
    "careers.background",
    "careers.search",
    "careers.occupations",
    "careers.roles",
    "careers.guide_import",
    "careers.postings",
    "careers.resources",
    "careers.pages",
    "careers.subscriptions",
    "portal.apps.PortalConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.accept_encoding.AcceptEncodingMiddleware",  # before all that compress
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    # Inside GZipMiddleware, which passes compressed responses through, and outside all others: a page from memory needs no
    # session and no view, and keeps the headers it was rendered with.
    "careers.page_cache.middleware.PageCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.upload_guard.UploadGuard",  # before CsrfViewMiddleware, which reads the body
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
APPEND_SLASH = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["careers.core.templatetags.addresses"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.site",
            ],
            "libraries": {"core": "careers.core.templatetags.core"},
        },
    },
]

# -- Database -----------------------------------------------------------------------------------------------------------
#: DATABASE_URL (default: SQLite in `VAR_DIR`): for example `postgres://user:password@host:5432/name`
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a second writer waits at the start of its transaction instead of failing at the end
        "timeout": 20,
        # 8 MB for each connection, and each thread has one; the file cache of the system does the rest.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8000;",
    }
    # Opening the file costs nearly 4 ms, 15 times a page from memory. One minute, so that a replaced file is noticed.
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
else:
    #: DATABASE_POOL: PostgreSQL connections of one process at most
    POOL = {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=8)}
    DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {"pool": POOL}

# -- Search -------------------------------------------------------------------------------------------------------------
#: SEARCH_DIR (default: `search` in `VAR_DIR`): search index of this host; may be deleted at any time
SEARCH_DIR = Path(env.str("SEARCH_DIR", default=str(VAR_DIR / "search")))
GAZETTEER_DIR = VAR_DIR / "gazetteer"  # made by the first search for a place; may be deleted at any time
#: SEARCH_LOCK_SECONDS: seconds a page waits while another process writes the index, before it searches in the database
SEARCH_LOCK_SECONDS = env.float("SEARCH_LOCK_SECONDS", default=3)
#: SEARCH_BUILD_AT_ONCE: most rows for which a missing index is built by the next search; more need `manage.py reindex`
SEARCH_BUILD_AT_ONCE = env.int("SEARCH_BUILD_AT_ONCE", default=20_000)
SEARCH_IN_TRANSACTIONS = False  # the index never contains uncommitted changes; tests set True

# -- People -------------------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
#: INVITATION_DAYS: days the link works by which a new user sets a password
INVITATION_DAYS = env.int("INVITATION_DAYS", default=7)
PASSWORD_RESET_TIMEOUT = INVITATION_DAYS * 24 * 60 * 60  # seconds
LOGIN_URL = reverse_lazy("admin:login")
LOGIN_REDIRECT_URL = reverse_lazy("admin:index")
#: LOGIN_FAILURE_LIMIT: failed logins until a pause of 15 minutes
AXES_FAILURE_LIMIT = env.int("LOGIN_FAILURE_LIMIT", default=8)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False

# -- Security -----------------------------------------------------------------------------------------------------------
#: HTTPS: 1 redirects to HTTPS and sends HSTS and secure cookies; 0 only on your own machine
HTTPS = env.bool("HTTPS", default=True)
#: BEHIND_PROXY: 1 trusts `X-Forwarded-Proto` and the last `X-Forwarded-For` of your proxy
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
AXES_CLIENT_IP_CALLABLE = "careers.core.client_address.client_address"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # load balancers ask without TLS
#: HSTS_SECONDS: seconds browsers remember to use HTTPS only (a year)
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
#: HSTS_SUBDOMAINS: 1 includes subdomains
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=True)
#: HSTS_PRELOAD: 1 allows browsers to ship the site in their HSTS list
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=True)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a guide with all its items is one large form
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# The admin theme evaluates the expressions in its markup (Alpine), and sets colours, widths and fades by inline styles. Its
# scripts are files: inline ones, and scripts and styles of other hosts, are blocked there as well.
ADMIN_CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"] | {
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
}

# -- Files --------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "portal.media_files.MediaStorage"},
    "staticfiles": {"BACKEND": "portal.static_files.PortalStaticFilesStorage"},
}

# -- Readers ------------------------------------------------------------------------------------------------------------
#: CONFIRMATION_DAYS: days a reader has to confirm an alert by the link in the mail; after that it is deleted
CONFIRMATION_DAYS = env.int("CONFIRMATION_DAYS", default=7)

# -- Background work ----------------------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
#: BACKGROUND_WORKERS: worker processes that `manage.py serve` starts beside the server: 1 or 0
BACKGROUND_WORKERS = env.int("BACKGROUND_WORKERS", default=1)
#: DAILY_TASKS_AT: when the worker does what is done once a day, such as the digest, in TIME_ZONE; empty: never, you call
#: `manage.py close_due` yourself
DAILY_TASKS_AT = env.str("DAILY_TASKS_AT", default="03:00")

# -- Mail and logs ------------------------------------------------------------------------------------------------------
#: EMAIL_URL (default: mails are printed to the console): for example `smtp+tls://user:password@host:587`
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10  # seconds until a mail server that does not answer counts as failed
#: DEFAULT_FROM_EMAIL: sender of mails
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")
#: LOG_LEVEL: `DEBUG`, `INFO`, `WARNING` or `ERROR`; logs go to standard error, one line per event
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"
UNFOLD = {
    "SITE_TITLE": SITE_NAME,
    "SITE_HEADER": SITE_NAME,
    "SITE_URL": "/",
    "SITE_SYMBOL": "explore",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "DASHBOARD_CALLBACK": "portal.admin_site.dashboard.add_attention",
    "SIDEBAR": {"navigation": "portal.admin_site.navigation.sidebar"},
    "COLORS": {"primary": "portal.admin_site.theme.accent"},
    "STYLES": ["portal.admin_site.theme.stylesheet", "portal.admin_site.theme.form_stylesheet"],
    "SCRIPTS": ["portal.admin_site.theme.script"],
    "SITE_FAVICONS": [{"rel": "icon", "href": "portal.admin_site.theme.favicon"}],
}

# -- Server -------------------------------------------------------------------------------------------------------------
#: THREADS: threads of each server process
THREADS = env.int("THREADS", default=4)
#: HEAD_SECONDS: seconds, at most 60, in which a client must send the head of a request; unused connections close after as long
HEAD_SECONDS = env.float("HEAD_SECONDS", default=10)
#: BODY_SECONDS: seconds in which a client must send a form
BODY_SECONDS = env.float("BODY_SECONDS", default=20)
#: UPLOAD_SECONDS: seconds in which staff must send a file, or a form of more than 100 kB
UPLOAD_SECONDS = env.float("UPLOAD_SECONDS", default=300)
#: UNREAD_SECONDS: seconds after which the connection of a client that takes nothing more of an answer is closed (Linux only)
UNREAD_SECONDS = env.float("UNREAD_SECONDS", default=60)
