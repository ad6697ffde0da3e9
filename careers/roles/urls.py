"""Pages of this app only. portal/urls.py adds the namespace and the pages that also show other apps."""

from django.urls import path

from . import views

urlpatterns = [
    path("<uslug:slug>/interview/", views.role_interview, name="interview"),
    path("<uslug:slug>/<uslug:article>/", views.role_article, name="article"),
]
