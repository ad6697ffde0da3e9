from django.db import connection
from django.http import HttpResponse
from django.urls import path


def bare(request, size):
    """A page of `size` bytes that asks the database one question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse(b"x" * size)


urlpatterns = [path("bare/<int:size>/", bare), path("healthz", bare, {"size": 2})]
