from django.urls import path

from . import views

app_name = "occupations"

urlpatterns = [
    path("", views.occupation_index, name="index"),
    path("<str:code>/", views.occupation_detail, name="detail"),
]
