from csp.decorators import csp_replace
from django.conf import settings
from django.core.paginator import InvalidPage
from django.http import Http404
from django.templatetags.static import static
from django.urls import path
from unfold.sites import UnfoldAdminSite

from portal.coverage import coverage_view

# Shades of the public site's accent (static/css/tokens.css).
ACCENT = {
    "50": "#f1f8f7",
    "100": "#e1eeec",
    "200": "#c3dedb",
    "300": "#9fcbc7",
    "400": "#83cdc6",
    "500": "#5aa9a4",
    "600": "#0b5a60",
    "700": "#094d52",
    "800": "#07464b",
    "900": "#05363a",
    "950": "#032225",
}


class PortalAdminSite(UnfoldAdminSite):
    """The admin with a Content-Security-Policy of its own, on the login page too."""

    site_title = site_header = settings.SITE_NAME
    index_title = "What needs attention"
    enable_nav_sidebar = True

    def admin_view(self, view, cacheable=False):
        return csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY)(super().admin_view(view, cacheable))

    def get_urls(self):
        coverage = self.admin_view(lambda request: coverage_view(request, self))
        return [path("coverage/", coverage, name="coverage"), *super().get_urls()]

    def login(self, request, extra_context=None):
        return csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY)(super().login)(request, extra_context)

    def search(self, request, extra_context=None):
        try:
            return super().search(request, extra_context)
        except InvalidPage as error:
            raise Http404("No such page of results.") from error


# -- Named in settings.UNFOLD


def accent(request):
    return dict(ACCENT)


def stylesheet(request):
    return static("admin/css/portal.css")


def script(request):
    return static("admin/js/accessible.js")


def favicon(request):
    return "/favicon.ico"
