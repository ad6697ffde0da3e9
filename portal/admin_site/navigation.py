"""The admin's sidebar: models in groups. Each user sees the links they have permission to open."""

from django.urls import reverse

from .coverage import may_see_coverage

START = {"title": "What needs doing", "icon": "notifications"}
COVERAGE = {"title": "Coverage", "icon": "grid_view"}
# Group: (title, icon, app label, model name). Models edited only within a guide's form are not listed.
GROUPS = {
    "Guides": [
        ("Guides", "menu_book", "roles", "role"),
        ("Occupations", "badge", "occupations", "occupation"),
        ("Articles", "article", "roles", "article"),
        ("Pay figures", "payments", "roles", "payclaim"),
        ("Outlook figures", "trending_up", "roles", "outlookclaim"),
        ("Skills", "construction", "roles", "skill"),
        ("Industries", "factory", "roles", "industry"),
        ("Sources", "library_books", "occupations", "source"),
    ],
    "Jobs": [
        ("Postings", "work", "postings", "posting"),
        ("Templates", "draft", "postings", "postingtemplate"),
        ("Employers", "apartment", "postings", "employer"),
        ("Pending changes", "rate_review", "postings", "pendingchange"),
        ("Canned replies", "quickreply", "postings", "cannedreply"),
    ],
    "Directory": [
        ("Resources", "bookmarks", "resources", "resource"),
        ("Categories", "account_tree", "resources", "category"),
    ],
    "Site": [("Pages", "description", "pages", "page")],
    "Reference data": [
        ("Releases", "inventory_2", "occupations", "release"),
        ("Imports", "move_to_inbox", "occupations", "importrun"),
    ],
    "Readers": [
        ("Subscribers", "mail", "subscriptions", "subscriber"),
        ("Job alerts", "notifications_active", "subscriptions", "jobalert"),
    ],
    "Background work": [
        ("Tasks", "schedule", "django_tasks_database", "dbtaskresult"),
        ("Workers", "memory", "background", "worker"),
    ],
    "People": [
        ("Users", "person", "auth", "user"),
        ("Groups", "group", "auth", "group"),
        ("Locked logins", "lock", "axes", "accessattempt"),
        ("Logins", "login", "axes", "accesslog"),
    ],
}


def sidebar(request):
    start = [{**START, "link": reverse("admin:index")}]
    if may_see_coverage(request.user):
        start.append({**COVERAGE, "link": reverse("admin:coverage")})
    groups = [{"items": start}]
    for title, links in GROUPS.items():
        items = [
            {"title": name, "icon": icon, "link": reverse(f"admin:{app}_{model}_changelist")}
            for name, icon, app, model in links
            if request.user.has_perm(f"{app}.view_{model}") or request.user.has_perm(f"{app}.change_{model}")
        ]
        if items:
            groups.append({"title": title, "separator": True, "items": items})
    return groups
