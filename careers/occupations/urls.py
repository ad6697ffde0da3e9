"""Pages of this app alone; portal/urls.py adds those that show other apps as well, and the namespace."""

from django.urls import path

from . import views

urlpatterns = [
    path("<str:code>/", views.occupation_detail, name="detail"),
]
