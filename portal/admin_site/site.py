from csp.decorators import csp_replace
from django.conf import settings
from django.core.paginator import InvalidPage
from django.http import Http404
from django.urls import path
from unfold.sites import UnfoldAdminSite

from . import moved_models
from .coverage import coverage_view


class PortalAdminSite(UnfoldAdminSite):
    """The admin with its own Content-Security-Policy, also on the login page."""

    site_title = site_header = settings.SITE_NAME
    index_title = "What needs attention"
    enable_nav_sidebar = True

    def admin_view(self, view, cacheable=False):
        return csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY)(super().admin_view(view, cacheable))

    def get_urls(self):
        coverage = self.admin_view(lambda request: coverage_view(request, self))
        return [path("coverage/", coverage, name="coverage"), *moved_models.urls(), *super().get_urls()]

    def login(self, request, extra_context=None):
        return csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY)(super().login)(request, extra_context)

    def search(self, request, extra_context=None):
        try:
            return super().search(request, extra_context)
        except InvalidPage as error:
            raise Http404("No such page of results.") from error
