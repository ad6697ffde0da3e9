from functools import cache

from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.generic import ListView

import portal.urls

ROWS = """{% extends "base.html" %}{% block content %}<h1>Jobs</h1><ul>{% for posting in object_list %}<li>
<h2><a href="{{ posting.get_absolute_url }}">{{ posting.title }}</a></h2><p>{{ posting.employer }}, {{ posting.role }}</p>
<p>{% for place in posting.places.all %}{{ place }}; {% endfor %}{{ posting.get_workplace_display }}</p>
<p>{{ posting.pay }}, {{ posting.get_employment_type_display }}, {{ posting.get_level_display }}</p>
<p>{{ posting.publish_at|date }}, {{ posting.closes_at|date }}</p></li>{% endfor %}</ul>
{% endblock %}"""


def bare(request, size):
    """A page of `size` bytes that asks the database one question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse(b"x" * size)


@cache
def rows():
    return engines["django"].from_string(ROWS)


class BareList(ListView):
    """What Django gives by itself: the newest twenty rows with their relations, in the site's frame; no search, no count."""

    def get_queryset(self):
        from careers.postings.models import Posting

        rows = Posting.objects.live().newest_first().select_related("employer", "role").prefetch_related("places")
        return rows.defer(*Posting.TEXT_FIELDS)[:20]

    def render_to_response(self, context):
        return HttpResponse(rows().render(context, self.request))


urlpatterns = [
    path("bare/<int:size>/", bare),
    path("healthz", bare, {"size": 2}),
    path("bare/list/", BareList.as_view()),
    path("", include(portal.urls)),
]
