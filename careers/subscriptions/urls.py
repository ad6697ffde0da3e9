from django.urls import path

from . import views

app_name = "subscriptions"

urlpatterns = [
    path("", views.send_manage_link, name="send_link"),
    path("new/", views.new_alert, name="new"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("not-for-me/<str:token>/", views.dismiss, name="dismiss"),
    path("manage/<str:token>/", views.manage, name="manage"),
    path("manage/<str:token>/export/", views.export, name="export"),
    path("manage/<str:token>/<int:pk>/", views.edit, name="edit"),
]
