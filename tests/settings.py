"""Settings of the test run: nothing of the machine's own .env, cheap password hashes, files not hashed."""

import os
import tempfile

os.environ["ENV_FILE"] = os.devnull
os.environ.update(
    SECRET_KEY="only-for-tests", ALLOWED_HOSTS="testserver,localhost,127.0.0.1", HTTPS="0", LOG_LEVEL="ERROR"
)
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="portal-tests-"))

from portal.settings import *  # noqa: F403
from portal.settings import DATABASES, STATIC_ROOT, STORAGES, VAR_DIR

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none

DATABASES["default"]["OPTIONS"].pop("pool", None)  # a pool holds on to databases that tests drop
DATABASES["default"]["TEST"] = {"MIGRATE": False}  # tables as the models say; test_migrations holds that both agree
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SITE_URL = "https://careers.example.org"
AXES_ENABLED = False
COUNT_WRITE_SECONDS = 0  # tests of counting count, with a buffer of their own
SEARCH_DIR = VAR_DIR / "search" / os.environ.get("PYTEST_XDIST_WORKER", "alone")  # as each has a database of its own
