from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage
from django.core.validators import MaxLengthValidator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from unfold.forms import AuthenticationForm
from unfold.sites import UnfoldAdminSite

from careers.core.ids import is_row_id
from careers.geo.views import subdivision_list
from portal.invitations import SetPasswordView

from . import moved_models
from .coverage import coverage_view


class LoginForm(AuthenticationForm):
    """Refuses names that no user can have: they do not fit the table of failed logins."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        length = User._meta.get_field("username").max_length
        self.fields["username"].validators.append(MaxLengthValidator(length))


class PortalAdminSite(UnfoldAdminSite):
    """The admin with its own Content-Security-Policy, also on the login page."""

    login_form = LoginForm

    site_title = site_header = settings.SITE_NAME
    index_title = "What needs doing"
    enable_nav_sidebar = True

    def admin_view(self, view, cacheable=False):
        return csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY)(super().admin_view(view, cacheable))

    def get_urls(self):
        coverage = self.admin_view(lambda request: coverage_view(request, self))
        view_on_site = self.admin_view(self.view_on_site)
        return [
            path("subdivisions/<str:country>/", self.admin_view(subdivision_list), name="subdivisions"),
            path("coverage/", coverage, name="coverage"),
            path("set-password/<uidb64>/<token>/", SetPasswordView.as_view(), name="set_password"),
            path("r/<path:content_type_id>/<path:object_id>/", view_on_site, name="view_on_site"),
            *moved_models.urls(),
            *super().get_urls(),
        ]

    def view_on_site(self, request, content_type_id, object_id):
        """Django's, for those who may see the row: its address tells its title."""
        if not (is_row_id(content_type_id) and is_row_id(object_id)):
            raise Http404
        model = get_object_or_404(ContentType, pk=content_type_id).model_class()
        if model not in self._registry:
            raise Http404
        if not self._registry[model].has_view_permission(request):
            raise PermissionDenied
        return shortcut(request, content_type_id, object_id)

    def login(self, request, extra_context=None):
        return csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY)(super().login)(request, extra_context)

    def search(self, request, extra_context=None):
        try:
            return super().search(request, extra_context)
        except InvalidPage as error:
            raise Http404("This page of results does not exist.") from error
