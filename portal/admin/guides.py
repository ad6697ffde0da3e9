"""The admin of guides with the ways that lead to other apps: articles to import, postings and templates to make."""

from django.contrib import admin
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from unfold.decorators import action

from careers.core.ids import is_row_id
from careers.guide_import.admin import ArticleImportMixin
from careers.roles.admin.roles import RoleAdmin
from careers.roles.models import Role

admin.site.unregister(Role)


@admin.register(Role)
class GuideAdmin(ArticleImportMixin, RoleAdmin):
    actions_detail = [
        "new_posting",
        {"title": "More", "icon": "more_horiz", "items": ["new_template", "add_article"]},
    ]

    def has_build_permission(self, request, obj=None):
        return request.user.has_perms(["postings.view_postingtemplate", "postings.add_posting"])

    def has_draft_template_permission(self, request, obj=None):
        return request.user.has_perm("postings.add_postingtemplate")

    @action(description="New posting from the template", url_path="new-posting", permissions=["build"], icon="post_add")
    def new_posting(self, request, object_id):
        return redirect_to("admin:postings_postingtemplate_build_for_role", object_id)

    @action(description="New template", url_path="new-template", permissions=["draft_template"], icon="note_add")
    def new_template(self, request, object_id):
        return redirect_to("admin:postings_postingtemplate_draft", object_id)


def redirect_to(page, object_id):
    """To a page about one guide. The page asks whether there is this guide; it has no address for what cannot be a key."""
    if not is_row_id(object_id):
        raise Http404("There is no such guide.")
    return HttpResponseRedirect(reverse(page, args=[object_id]))
