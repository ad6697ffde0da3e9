from django.urls import path

from . import views

app_name = "roles"

urlpatterns = [
    path("", views.role_index, name="index"),
    path("compare/", views.role_compare, name="compare"),
    path("<uslug:slug>/", views.role_detail, name="detail"),
    path("<uslug:slug>/template/", views.role_template, name="template"),
    path("<uslug:slug>/interview/", views.role_interview, name="interview"),
    path("<uslug:slug>/<uslug:article>/", views.role_article, name="article"),
]
