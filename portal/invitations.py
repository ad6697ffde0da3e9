"""Mails with a link to set a password, for new users and for users who lost theirs."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

logger = logging.getLogger(__name__)


def password_link(user: User) -> str:
    """Works once, for INVITATION_DAYS, and no longer after a login or a change of the e-mail address."""
    number = urlsafe_base64_encode(force_bytes(user.pk))
    return settings.SITE_URL + reverse("admin:set_password", args=[number, default_token_generator.make_token(user)])


def send_invitation(user: User) -> bool:
    """Whether the mail server took it."""
    context = {
        "user": user,
        "link": password_link(user),
        "days": settings.INVITATION_DAYS,
        "site_name": settings.SITE_NAME,
    }
    text = render_to_string("portal/mail/invitation.txt", context)
    try:
        send_mail(f"Your login for {settings.SITE_NAME}", text, None, [user.email])
    except (OSError, SMTPException):
        logger.exception("Could not send the invitation to user %s", user.pk)
        return False
    return True


class SetPasswordView(PasswordResetConfirmView):
    template_name = "portal/set_password.html"
    success_url = reverse_lazy("admin:login")

    def form_valid(self, form):
        messages.success(self.request, "You have set your password. You can now log in.")
        return super().form_valid(form)
