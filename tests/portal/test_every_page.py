"""Every address answers with something on it, public or of the admin: what a database may refuse, it refuses here."""

import pytest
from django.contrib import admin as django_admin
from django.urls import URLPattern, get_resolver, reverse

from careers.pages.models import Page
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SIGNED = {"jobs/preview/<str:token>/", "jobs/contact/<str:token>/"}  # opened with a token by tests of their own
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
    role = factories.RoleFactory(title="Baker")
    for part in ("Section", "Item", "AlternateTitle", "CareerStep", "PayClaim", "OutlookClaim", "OccupationLink"):
        getattr(factories, f"{part}Factory")(role=role)
    factories.ItemFactory(role=role, kind="interview_question")
    skill = factories.RoleSkillFactory(role=role).skill
    posting = factories.PostingPlaceFactory(posting__role=role, country="DE").posting
    posting.skills.add(skill)
    return {
        "role": role,
        "article": factories.ArticleFactory(role=role),
        "occupation": factories.OccupationTaskFactory().occupation,
        "posting": posting,
        "template": factories.PostingTemplateFactory(role=role),
        "resource": factories.ResourceFactory(),
        "page": Page.objects.create(title="About", text="Us.", is_published=True),
    }


def addresses(role, article, occupation, posting, template, resource, page):
    return {
        "": "/",
        "search/": "/search/?q=baker",
        "search/suggest/": "/search/suggest/?q=bak",
        "sources/": "/sources/",
        "roles/": "/roles/?q=baker",
        "roles/compare/": f"/roles/compare/?role={role.slug}&role={factories.RoleFactory().slug}",
        "roles/<uslug:slug>/": role.get_absolute_url(),
        "roles/<uslug:slug>/template/": f"{role.get_absolute_url()}template/",
        "roles/<uslug:slug>/interview/": f"{role.get_absolute_url()}interview/",
        "roles/<uslug:slug>/<uslug:article>/": article.get_absolute_url(),
        "occupations/": "/occupations/?q=occupation",
        "occupations/<str:code>/": occupation.get_absolute_url(),
        "jobs/": "/jobs/?q=job&country=DE&near=Berlin&sort=pay",
        "jobs/feed.rss": "/jobs/feed.rss",
        "jobs/feed.atom": "/jobs/feed.atom",
        "jobs/feed.json": "/jobs/feed.json",
        "jobs/employers/<uslug:slug>/": posting.employer.get_absolute_url(),
        "jobs/saved/": f"/jobs/saved/?id={posting.pk}",
        "jobs/<int:pk>/save/": f"/jobs/{posting.pk}/save/",
        "jobs/<int:pk>/apply/": f"/jobs/{posting.pk}/apply/",
        "jobs/<int:pk>/": f"/jobs/{posting.pk}/",
        "jobs/<int:pk>-/": f"/jobs/{posting.pk}-/",
        "jobs/<int:pk>-<uslug:slug>/": posting.get_absolute_url(),
        "jobs/<uslug:slug>/": "/jobs/baker-in-germany/",
        "resources/": "/resources/?cost=free",
        "resources/<uslug:slug>/": resource.get_absolute_url(),
        "<uslug:slug>/": page.get_absolute_url(),
        "sitemap.xml": "/sitemap.xml",
        "sitemap-<section>.xml": "/sitemap-jobs.xml",
        "robots.txt": "/robots.txt",
        "healthz": "/healthz",
    }


def expected(pattern):
    return 302 if pattern in REDIRECTING else 405 if pattern in BY_POST else 200


def test_every_public_address_answers(client, rows):
    asked = addresses(**rows)
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
