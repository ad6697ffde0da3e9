"""Every address of the portal, public or of the admin, with a row behind each."""

import re

from axes.models import AccessAttempt, AccessLog
from django.contrib import admin as django_admin
from django.contrib.auth.models import Group
from django.urls import URLPattern

from careers.background.mail import queue_mail
from careers.background.worker import beat
from careers.postings.models import PostingTemplate, TemplateBlank
from careers.postings.posting_templates.versions import save_template
from tests import factories

ROLE_PARTS = ("Section", "Item", "AlternateTitle", "CareerStep", "PayClaim", "OutlookClaim", "OccupationLink")
OTHER_ROWS = (
    "PendingChange",
    "CannedReply",
    "Release",
    "ImportRun",
    "Category",
    "Industry",
    "SkillAlias",
    "OfficialPay",
)
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def public_rows():
    """Rows behind the public addresses; pages of a role in a country need LANDING_MINIMUM = 1."""
    role = factories.RoleFactory(title="Baker")
    for part in ROLE_PARTS:
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
        "page": factories.PageFactory(),
    }


def public_addresses(role, article, occupation, posting, template, resource, page):
    """{pattern: an address of it}"""
    return {
        "": "/",
        "search/": "/search/?q=baker",
        "search/suggest/": "/search/suggest/?q=bak",
        "search/places/": "/search/places/?q=ber",
        "sources/": "/sources/",
        "roles/": "/roles/?q=baker",
        "roles/explore/": "/roles/explore/?q=baker",
        "roles/skills/": f"/roles/skills/?skill={role.skills.get().slug}",
        "roles/compare/": f"/roles/compare/?role={role.slug}&role={factories.RoleFactory().slug}",
        "roles/<uslug:slug>/": role.get_absolute_url(),
        "roles/<uslug:slug>/template/": f"{role.get_absolute_url()}template/",
        "roles/<uslug:slug>/interview/": f"{role.get_absolute_url()}interview/",
        "roles/<uslug:slug>/<uslug:article>/": article.get_absolute_url(),
        "occupations/": "/occupations/?q=occupation",
        "occupations/<str:code>/": occupation.get_absolute_url(),
        "jobs/": "/jobs/?q=job&country=DE&near=Berlin&sort=pay",
        "alerts/": "/alerts/",
        "alerts/new/": "/alerts/new/?q=baker",
        "jobs/feed.rss": "/jobs/feed.rss",
        "jobs/feed.atom": "/jobs/feed.atom",
        "jobs/feed.json": "/jobs/feed.json",
        "jobs/employers/<uslug:slug>/": posting.employer.get_absolute_url(),
        "jobs/saved/": f"/jobs/saved/?id={posting.pk}",
        "jobs/<int:pk>/save/": f"/jobs/{posting.pk}/save/",
        "jobs/<int:pk>/apply/": f"/jobs/{posting.pk}/apply/",
        "jobs/<int:pk>/closing-day.ics": f"/jobs/{posting.pk}/closing-day.ics",
        "jobs/<int:pk>/": f"/jobs/{posting.pk}/",
        "jobs/<int:pk>-/": f"/jobs/{posting.pk}-/",
        "jobs/<int:pk>-<uslug:slug>/": posting.get_absolute_url(),
        "jobs/<uslug:slug>/": "/jobs/baker-in-germany/",
        "resources/": "/resources/?cost=free",
        "resources/<uslug:slug>/": resource.get_absolute_url(),
        "<uslug:slug>/": page.get_absolute_url(),
        "sitemap.xml": "/sitemap.xml",
        "sitemap-<section>.xml": "/sitemap-jobs.xml",
        "share/site.png": "/share/site.png",
        "share/guides/<uslug:slug>.png": f"/share/guides/{role.slug}.png",
        "share/jobs/<int:pk>.png": f"/share/jobs/{posting.pk}.png",
        "manifest.webmanifest": "/manifest.webmanifest",
        "robots.txt": "/robots.txt",
        "healthz": "/healthz",
    }


# -- The admin


def admin_rows():
    """A row of every model of the admin, and of their parts: {model: the row whose pages are opened}."""
    made = public_rows()
    template = PostingTemplate(
        role=made["role"], name="House", title="Baker", description="{team} at {employer}", locked=["description"]
    )
    save_template(
        template, by=None, placeholders=[TemplateBlank(name="team", label="Team", example="Ovens", is_required=True)]
    )
    posting = made["posting"]
    posting.template, posting.template_version = template, 1
    posting.blank_values, posting.text_bases = (
        {"team": "Ovens"},
        {"description": {"version": 1, "values": {"team": "Ovens"}}},
    )
    posting.save()
    for name in OTHER_ROWS:
        getattr(factories, f"{name}Factory")(**({"posting": posting} if name == "PendingChange" else {}))
    factories.RemoteCountryFactory(posting=posting)
    attempt = {
        "user_agent": "Browser",
        "username": "baker",
        "ip_address": "192.0.2.1",
        "http_accept": "*/*",
        "path_info": "/",
    }
    AccessAttempt.objects.create(get_data="a=1", post_data="b=2", failures_since_start=1, **attempt)
    AccessLog.objects.create(**attempt)
    Group.objects.create(name="Bakers")
    queue_mail("Hello", "Text", "ada@example.org")
    beat("first")
    factories.AlertMatchFactory()
    factories.UserFactory(staff=True, first_name="Wren", last_name="Baker", email="wren@example.org")
    known = {type(row): row for row in (*made.values(), template)}
    return {model: known.get(model) or model._base_manager.order_by("-pk")[0] for model in django_admin.site._registry}


def admin_addresses(rows):
    """(address, model or None, name) of all pages of the admin, each for the row of its model."""
    for pattern in django_admin.site.get_urls():
        if isinstance(pattern, URLPattern):
            yield from ((f"/admin/{path}", None, pattern.name or "") for path in site_paths(pattern, rows))
            continue
        app, model_name = str(pattern.pattern).strip("/").split("/")
        model = next(model for model in rows if model._meta.label_lower == f"{app}.{model_name}")
        for page in pattern.url_patterns:
            path = filled(route_of(page), arguments(page.name or "", model, rows))
            yield f"/admin/{app}/{model_name}/{path}", model, page.name or ""


def route_of(page):
    """As path() would have it. The pages of old versions have a pattern of their package."""
    return str(page.pattern).replace("^([^/]+)/history/([^/]+)/$", "<object_id>/history/<version_id>/")


def site_paths(pattern, rows):
    route = str(pattern.pattern)
    if pattern.name == "app_list":
        return sorted({f"{model._meta.app_label}/" for model in rows})
    if route == "(?P<url>.*)$":
        return ["nothing/here/"]
    row = next(row for model, row in rows.items() if model._meta.model_name == "posting")
    from django.contrib.contenttypes.models import ContentType

    content_type = ContentType.objects.get_for_model(row).pk
    values = {
        "content_type_id": content_type,
        "object_id": row.pk,
        "rest": "",
        "uidb64": "MQ",
        "token": "none",
        "country": "DE",
    }
    return [filled(route, values)]


def arguments(name, model, rows):
    by_name = {owner._meta.model_name: row for owner, row in rows.items()}
    row = rows[model]
    for ending, owner in (("_draft", "role"), ("build_for_role", "role"), ("build_for_employer", "employer")):
        if name.endswith(ending) and model._meta.model_name == "postingtemplate":
            row = by_name[owner]
    history = getattr(model, "history", None)
    version = history.filter(id=row.pk).values_list("pk", flat=True).first() if history else 0
    return {"object_id": row.pk, "pk": row.pk, "id": row.pk, "version_id": version or 0, "name": "publish"}


def filled(route, values):
    return PARAMETER.sub(lambda match: str(values[match[1]]), route)
