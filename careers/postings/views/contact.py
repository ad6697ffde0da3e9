"""The page behind a link in a reminder mail to the employer: GET shows what will happen, POST does it."""

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from careers.postings.models import Posting
from careers.postings.notifications.contact_requests import Answer, apply_answer, extension_days, read_token, refusal


class AnswerForm(forms.Form):
    """Has the field `until` where `days` are given."""

    def __init__(self, *args, days=None, **kwargs):
        super().__init__(*args, **kwargs)
        if days is not None:
            self.fields["until"] = forms.TypedChoiceField(
                label="Open until",
                choices=[(day.isoformat(), f"{date_format(day, 'l')} {date_format(day)}") for day in days],
                coerce=lambda chosen: next(day for day in days if day.isoformat() == chosen),
                widget=forms.RadioSelect,
                error_messages={
                    "required": "Choose until when the job stays open.",
                    "invalid_choice": "Choose one of the days listed.",
                },
            )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_answer(request, token):
    try:
        asked = read_token(token)
    except signing.SignatureExpired:
        return _page(request, {"sentence": "This link has expired, so nothing has changed."}, 410)
    except signing.BadSignature as error:
        raise Http404("No such link.") from error
    posting = Posting.objects.select_related("employer").filter(pk=asked.posting_id).first()
    if posting is None:
        return _page(request, {"sentence": "This job has since been deleted."}, 410)
    at = timezone.now()
    if sentence := refusal(asked, posting, at):
        return _page(request, {"posting": posting, "sentence": sentence}, 409)
    return _answer_page(request, asked, posting, at)


def _answer_page(request, asked, posting, at):
    days = extension_days(posting, at) if asked.answer == Answer.EXTEND else None
    if days == []:
        return _page(request, {"posting": posting, "sentence": "This job cannot stay open any longer."}, 409)
    form = AnswerForm(request.POST if request.method == "POST" else None, days=days)
    context = {"posting": posting, "answer": asked.answer.name.lower(), "form": form}
    if form.is_valid():
        try:
            context["posting"] = apply_answer(asked, until=form.cleaned_data.get("until"), at=at)
        except ValidationError as error:
            return _page(request, {"posting": posting, "sentence": " ".join(error.messages)}, 409)
        return _page(request, {**context, "is_done": True})
    return _page(request, context, 422 if form.is_bound else 200)


def _page(request, context, status=200):
    shown = {"posting": None, "sentence": "", "answer": "", "form": None, "is_done": False, **context}
    response = render(request, "postings/contact_answer.html", shown, status=status)
    response["Referrer-Policy"] = "same-origin"  # the address holds the token; our own form needs the header
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
