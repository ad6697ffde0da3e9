"""Redirects from earlier admin addresses of models that moved to another app."""

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import path, reverse

# (app label before, model name): app label now.
MOVED = {
    ("roles", "source"): "occupations",
    ("roles", "occupation"): "occupations",
    ("roles", "release"): "occupations",
    ("roles", "importrun"): "occupations",
}


def redirect_moved(
    request: HttpRequest, app_label: str, model_name: str, rest: str = ""
) -> HttpResponsePermanentRedirect:
    """The same page of the model in its present app, with the rest of the path and the query.

    A form sent to the earlier address gets 308, so that the browser sends it again as POST.
    """
    target = reverse(f"admin:{app_label}_{model_name}_changelist") + rest
    if request.META["QUERY_STRING"]:
        target += "?" + request.META["QUERY_STRING"]
    return HttpResponsePermanentRedirect(target, preserve_request=request.method == "POST")


def urls() -> list:
    return [
        path(f"{before}/{model_name}/{rest}", redirect_moved, {"app_label": now, "model_name": model_name})
        for (before, model_name), now in MOVED.items()
        for rest in ("", "<path:rest>")
    ]
