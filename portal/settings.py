"""One settings file. Every value comes from the environment or from `.env`; what is not set is safe for production."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(env.str("ENV_FILE", default=str(BASE_DIR / ".env")))

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Put a long random value in the environment or in .env, for example the output of: "
        'python3 -c "import secrets; print(secrets.token_urlsafe(64))"'
    )

# -- The site -----------------------------------------------------------------------------------------------------------
SITE_NAME = env.str("SITE_NAME", default="Open Career Portal")
# The start of absolute links.
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL] if SITE_URL.startswith("https://") else [])
TIME_ZONE = env.str("TIME_ZONE", default="UTC")  # of the admin and of postings that name no zone
LANGUAGE_CODE = "en"
USE_I18N = False  # every text is English; asking for the visitor's language took a twentieth of a page
USE_TZ = True

PAY_CURRENCY = env.str("PAY_CURRENCY", default="USD")  # in which a search means its amounts where it names no currency
POSTINGS_PER_PAGE = env.int("POSTINGS_PER_PAGE", default=20)
CLOSED_POSTING_DAYS = env.int("CLOSED_POSTING_DAYS", default=90)  # a closed posting stays readable this long, then 410
CLOSED_POSTING_STATUS = env.int("CLOSED_POSTING_STATUS", default=200)  # HTTP status in those days: 200 or 410
PREVIEW_LINK_DAYS = env.int("PREVIEW_LINK_DAYS", default=7)  # a link to an unpublished posting works this long
POSTING_HORIZON_DAYS = env.int("POSTING_HORIZON_DAYS", default=365)  # the latest closing day, counted from today
COUNT_WRITE_SECONDS = env.int("COUNT_WRITE_SECONDS", default=5)  # between writes of views and clicks; 0 counts nothing
CONTACT_REMINDER_DAYS = env.int("CONTACT_REMINDER_DAYS", default=7)  # before closing the contact is asked; 0: never
CONTACT_LINK_DAYS = env.int("CONTACT_LINK_DAYS", default=21)  # so long the links of that mail work
# Checks that keep a posting from being published, besides what is missing, which always does; see docs/checks.md.
POSTING_BLOCKING_RULES = env.list(
    "POSTING_BLOCKING_RULES", default=["dummy_text", "placeholder", "description_is_title"]
)
POSTING_CHECKS_DIR = env.str("POSTING_CHECKS_DIR", default="")  # a folder of one's own tables in place of ours
REVIEW_CLAIM_MINUTES = env.int("REVIEW_CLAIM_MINUTES", default=60)  # then somebody else may take a submission on
MAIL_EACH_SUBMISSION = env.bool("MAIL_EACH_SUBMISSION", default=True)  # to those who publish; 0 leaves it to the digest
GUIDE_REVIEW_DAYS = env.int("GUIDE_REVIEW_DAYS", default=180)  # until a reviewed guide is due again
FIGURE_REVIEW_YEARS = env.int("FIGURE_REVIEW_YEARS", default=3)  # an older figure is called dated
LANDING_MINIMUM = env.int("LANDING_MINIMUM", default=5)  # open jobs of a role in a country, for a page of their own
ADVERTISED_PAY_MINIMUM = env.int("ADVERTISED_PAY_MINIMUM", default=5)  # fewer open postings say nothing about pay
# Pages of anonymous visitors kept in the memory of each process; 0: none. Templates change without a word while debugging.
KEPT_PAGES_MEGABYTES = env.int("KEPT_PAGES_MEGABYTES", default=0 if DEBUG else 32)
SHARED_CACHE_SECONDS = env.int("SHARED_CACHE_SECONDS", default=5)  # a CDN may answer by itself so long

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
    "import_export",
    "simple_history",
    "careers.changes",
    "careers.search",
    "careers.occupations",
    "careers.roles",
    "careers.guide_import",
    "careers.postings",
    "careers.resources",
    "portal.apps.PortalConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    # Within the compression, which leaves alone what comes compressed already; around all else, so that a page from memory
    # costs no session and no view and has the headers it was rendered with.
    "careers.page_cache.middleware.KeptPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
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
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.site",
            ],
            "libraries": {"core": "careers.core.templatetags.core"},
            "builtins": ["careers.core.templatetags.known_urls"],
        },
    },
]

# -- Database -----------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a writer waits its turn at the start instead of failing at the end
        "timeout": 20,
        # The cache is one of each connection, and each thread has one: the system's own cache does the rest.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8000;",
    }
    # Opening the file costs nearly 4 ms, fifteen times what a page from memory costs. A minute, so that another file put in
    # its place is found.
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
else:
    POOL = {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=8)}
    DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {"pool": POOL}

# -- Search -------------------------------------------------------------------------------------------------------------
SEARCH_DIR = Path(env.str("SEARCH_DIR", default=str(VAR_DIR / "search")))  # of this host; can be deleted at any time
GAZETTEER_DIR = VAR_DIR / "gazetteer"  # made by the first look-up of a place; can be deleted at any time
SEARCH_LOCK_SECONDS = env.float("SEARCH_LOCK_SECONDS", default=3)  # a page waits so long for another process to finish
SEARCH_BUILD_AT_ONCE = env.int("SEARCH_BUILD_AT_ONCE", default=20_000)  # more rows wait for manage.py reindex
SEARCH_IN_TRANSACTIONS = False  # what a transaction has not committed yet is no business of the index

# -- People -------------------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = reverse_lazy("admin:login")
LOGIN_REDIRECT_URL = reverse_lazy("admin:index")
AXES_FAILURE_LIMIT = env.int("LOGIN_FAILURE_LIMIT", default=8)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False

# -- Security -----------------------------------------------------------------------------------------------------------
HTTPS = env.bool("HTTPS", default=True)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)  # trust X-Forwarded-Proto and the last X-Forwarded-For
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
AXES_CLIENT_IP_CALLABLE = "careers.core.client_address.client_address"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # the load balancer asks without TLS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=True)
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
# The admin's components evaluate expressions written in their markup; nothing but this site may be loaded there either.
ADMIN_CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"] | {
    "script-src": [SELF, UNSAFE_EVAL, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
}

# -- Files --------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.static_files.PortalStaticFilesStorage"},
}

# -- Mail and logs ------------------------------------------------------------------------------------------------------
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10  # seconds; a mail server that does not answer holds nothing up for longer
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
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
    "STYLES": ["portal.admin_site.theme.stylesheet"],
    "SCRIPTS": ["portal.admin_site.theme.script"],
    "SITE_FAVICONS": [{"rel": "icon", "href": "portal.admin_site.theme.favicon"}],
}
