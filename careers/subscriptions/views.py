"""Pages of readers' alerts. Opening a link changes nothing: mail programs open links by themselves. Buttons do."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from careers.postings.job_list.form import PostingFilterForm
from careers.postings.job_list.results import find_jobs

from . import links, mails, services
from .consent import consent_text
from .email_addresses import normalize_email
from .forms import AlertForm, RhythmForm
from .limits import is_within_limit
from .models import AlertMatch, JobAlert, Subscriber
from .searches import AlertSearch

page_methods = require_http_methods(["GET", "HEAD", "POST"])
EXPIRED = "This link has expired. Nothing has changed."
UNKNOWN = "This link does not work. Copy the whole link from our email, or ask for a new one below."


def private_page(view: Callable) -> Callable:
    """Never kept, never indexed, and its address, which may hold a token, is told to nobody else."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            response = view(request, *args, **kwargs)
        except signing.SignatureExpired:
            response = show(
                request, "message", {"title": "Link expired", "sentences": [EXPIRED], "offer_link": True}, 410
            )
        except (signing.BadSignature, Http404):
            response = show(
                request, "message", {"title": "Link not valid", "sentences": [UNKNOWN], "offer_link": True}, 404
            )
        response["Referrer-Policy"] = "same-origin"  # our own forms need the header
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(answer)


def show(request: HttpRequest, page: str, context: dict, status: int = 200) -> HttpResponse:
    return render(request, f"subscriptions/{page}.html", context, status=status)


# -- Asking for an alert


@private_page
@page_methods
def new_alert(request: HttpRequest) -> HttpResponse:
    """The search is the query string of /jobs/."""
    search = PostingFilterForm(request.GET).search
    form = AlertForm(request.POST or None, initial={"opened": AlertForm.opening_stamp()})
    consent = consent_text(search)
    context = {"form": form, "search": search, "consent": consent}
    if not (form.is_bound and form.is_valid()):
        return show(request, "new_alert", context, 422 if form.is_bound else 200)
    if not is_within_limit(request):
        return show(
            request, "message", {"title": "Too many requests", "sentences": ["Wait an hour, then try again."]}, 429
        )
    if form.is_from_a_person:
        services.request_alert(
            form.cleaned_data["email"], search, **form.rhythm_values, consent_text=consent, at=timezone.now()
        )
    return show(request, "check_inbox", {"email": form.cleaned_data["email"], "days": settings.CONFIRMATION_DAYS})


@private_page
@page_methods
def send_manage_link(request: HttpRequest) -> HttpResponse:
    """Mails the link to all one's alerts. The answer is the same for unknown addresses."""
    typed = request.POST.get("email", "")
    if request.method != "POST":
        return show(request, "send_link", {"typed": "", "error": ""})
    try:
        email = normalize_email(typed)
    except ValidationError as error:
        return show(request, "send_link", {"typed": typed, "error": error.messages[0]}, 422)
    if not is_within_limit(request):
        return show(
            request, "message", {"title": "Too many requests", "sentences": ["Wait an hour, then try again."]}, 429
        )
    if subscriber := Subscriber.objects.filter(email=email).first():
        mails.queue_manage_link(subscriber)
    sentences = [f"If we send alerts to {email}, we have just sent a link to manage them."]
    return show(request, "message", {"title": "Check your inbox", "sentences": sentences})


# -- Links of mails


@private_page
@page_methods
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    link = links.read("confirm", token, timedelta(days=settings.CONFIRMATION_DAYS))
    alert = _alert(link)
    if request.method == "POST":
        services.confirm_alert(alert, timezone.now())
        alert.refresh_from_db()
    context = _about(alert) | {"is_confirmed": alert.state != JobAlert.State.PENDING}
    return show(request, "confirm", context)


@csrf_exempt  # mail programs send the POST themselves (RFC 8058); the token is the right to do it
@private_page
@page_methods
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    link = links.read("unsubscribe", token)
    alert = JobAlert.objects.select_related("subscriber").filter(pk=link.pk, subscriber__secret=link.secret).first()
    if alert is None:  # ended before, by this link or on the page of all alerts
        return show(
            request, "message", {"title": "Unsubscribed", "sentences": ["This alert has ended. We send nothing."]}
        )
    about = _about(alert)
    if request.method != "POST":
        return show(request, "unsubscribe", about)
    alert.delete()
    sentences = [f"We will not email you about “{about['search'].sentence}” any more."]
    return show(request, "message", {"title": "Unsubscribed", "sentences": sentences})


@private_page
@page_methods
def dismiss(request: HttpRequest, token: str) -> HttpResponse:
    link = links.read("dismiss", token)
    match = get_object_or_404(
        AlertMatch.objects.select_related("posting", "alert__subscriber"),
        pk=link.pk, alert__subscriber__secret=link.secret,
    )  # fmt: skip
    if request.method == "POST":
        AlertMatch.objects.filter(alert__subscriber=match.alert.subscriber, posting=match.posting).update(
            is_dismissed=True
        )
        sentences = [f"We will not email you “{match.posting.title}” again, also not for your other alerts."]
        return show(request, "message", {"title": "Noted", "sentences": sentences})
    return show(request, "dismiss", {"posting": match.posting})


# -- All one's alerts


@private_page
@page_methods
def manage(request: HttpRequest, token: str) -> HttpResponse:
    subscriber = _subscriber(token)
    if request.method == "POST":
        if request.POST.get("act") == "erase":
            services.erase(subscriber)
            sentences = ["We deleted your address and everything stored with it. We send nothing any more."]
            return show(request, "message", {"title": "Deleted", "sentences": sentences})
        alert = get_object_or_404(subscriber.job_alerts, pk=_number(request.POST.get("alert")))
        _carry_out(request.POST.get("act"), alert)
        return redirect("subscriptions:manage", token)
    alerts = subscriber.job_alerts.exclude(state=JobAlert.State.PENDING).select_related("subscriber").order_by("pk")
    return show(
        request, "manage", {"subscriber": subscriber, "alerts": [_about(alert) for alert in alerts], "token": token}
    )


def _carry_out(act: str | None, alert: JobAlert) -> None:
    match act:
        case "pause":
            services.pause_alert(alert)
        case "resume":
            services.resume_alert(alert, timezone.now())
        case "delete":
            alert.delete()
        case _:
            raise Http404


@private_page
@page_methods
def edit(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """The search of the alert, or that of the query string once the filters were tried, and when mails come."""
    subscriber = _subscriber(token)
    alert = get_object_or_404(subscriber.job_alerts.select_related("subscriber"), pk=pk)
    filters = PostingFilterForm(request.GET) if request.GET else AlertSearch(alert.search).form
    initial = {name: getattr(alert, name) for name in ("rhythm", "weekday", "hour", "time_zone")}
    form = RhythmForm(request.POST or None, initial=initial)
    error = ""
    if form.is_bound and form.is_valid():
        if services.change_search(alert, filters.search) or filters.search.to_json() == alert.search:
            services.change_rhythm(alert, **form.rhythm_values, at=timezone.now())
            return redirect("subscriptions:manage", token)
        error = "You have another alert for this search already. Change the search, or delete one of the two."
    results = find_jobs(filters, timezone.now())
    context = {
        "form": form, "filters": filters, "results": results, "alert": alert, "token": token, "error": error,
    }  # fmt: skip
    return show(request, "edit", context, 422 if form.is_bound else 200)


@private_page
@require_safe
def export(request: HttpRequest, token: str) -> HttpResponse:
    response = JsonResponse(services.everything_about(_subscriber(token)), json_dumps_params={"indent": 2})
    response["Content-Disposition"] = 'attachment; filename="my-alerts.json"'
    return response


def _subscriber(token: str) -> Subscriber:
    link = links.read("manage", token)
    return get_object_or_404(Subscriber, pk=link.pk, secret=link.secret)


def _alert(link: links.Link) -> JobAlert:
    alerts = JobAlert.objects.select_related("subscriber")
    return get_object_or_404(alerts, pk=link.pk, subscriber__secret=link.secret)


def _about(alert: JobAlert) -> dict:
    return {"alert": alert, "search": AlertSearch(alert.search), "manage_url": links.manage_url(alert.subscriber)}


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0
