"""Pages of this app alone; portal/urls.py adds those that show other apps as well, and the namespace."""

from django.urls import path

from . import views

urlpatterns = [
    path("<uslug:slug>/template/", views.role_template, name="template"),
    path("<uslug:slug>/interview/", views.role_interview, name="interview"),
    path("<uslug:slug>/<uslug:article>/", views.role_article, name="article"),
]
