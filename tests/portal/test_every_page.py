"""Every address answers with something on it, public or of the admin: what a database may refuse, it refuses here."""

import pytest
from django.contrib import admin as django_admin
from django.urls import URLPattern, get_resolver, reverse

from tests import factories
from tests.addresses import public_addresses, public_rows

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SIGNED = {  # opened with a token by tests of their own
    "jobs/preview/<str:token>/", "jobs/contact/<str:token>/", "alerts/confirm/<str:token>/", "alerts/unsubscribe/<str:token>/",
    "alerts/not-for-me/<str:token>/", "alerts/manage/<str:token>/", "alerts/manage/<str:token>/export/",
    "alerts/manage/<str:token>/<int:pk>/",
}  # fmt: skip
NO_TABLES = {"jobs/saved/token/", "^media/(?P<path>logos/[^/]+)$", "favicon.ico"}
REDIRECTING = {"jobs/<int:pk>/", "jobs/<int:pk>-/", "jobs/<int:pk>/apply/"}
BY_POST = {"jobs/<int:pk>/save/"}


def patterns(resolver, before=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern)
        elif getattr(pattern, "app_name", None) != "admin":
            yield from patterns(pattern, before + str(pattern.pattern))


@pytest.fixture
def rows(settings):
    settings.LANDING_MINIMUM = 1
    return public_rows()


def expected(pattern):
    return 302 if pattern in REDIRECTING else 405 if pattern in BY_POST else 200


def test_every_public_address_answers(client, rows):
    asked = public_addresses(**rows)
    assert set(patterns(get_resolver())) == {*asked, *SIGNED, *NO_TABLES}
    found = {pattern: client.get(address).status_code for pattern, address in asked.items()}
    assert {key: 302 if status == 301 else status for key, status in found.items()} == {
        pattern: expected(pattern) for pattern in asked
    }


JOBS = [model for model in django_admin.site._registry if model._meta.app_label == "postings"]


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("model", JOBS, ids=lambda model: model.__name__)
def test_every_page_of_jobs_in_the_admin_opens(admin, model):
    """Those of guides and of the directory: see test_admin_pages.py."""
    row = getattr(factories, f"{model.__name__}Factory")()

    def status(name, *args):
        return admin.get(
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)
        ).status_code

    found = [status("changelist"), status("change", row.pk), status("history", row.pk), status("delete", row.pk)]
    assert found[:3] == [200, 200, 200]
    assert found[3] in (200, 302, 403)
    assert status("add") in (200, 403)
