"""Mail that survives a mail server that is down: queued in the transaction that gives the reason for it."""

from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMultiAlternatives
from django_tasks import task

from .recovery import PermanentError

PERMANENT_REPLY = 500  # replies of mail servers from here on are for good (RFC 5321)


def queue_mail(subject: str, text: str, to: str, headers: dict[str, str] | None = None, html: str = "") -> None:
    """To one address, so that recipients do not see each other's. Sent after the transaction commits, at least once.

    A worker that dies between the mail server's answer and its own note of it sends the mail a second time.
    """
    send_mail.enqueue(" ".join(subject.split()), text, to, headers or {}, html)


@task
def send_mail(subject: str, text: str, to: str, headers: dict[str, str], html: str) -> None:
    message = EmailMultiAlternatives(subject, text, to=[to], headers=headers)
    if html:
        message.attach_alternative(html, "text/html")
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        if all(code >= PERMANENT_REPLY for code, _ in error.recipients.values()):
            raise PermanentError("The mail server refuses the address.") from error
        raise
