from django.urls import path

from . import contact_views, feeds, leaving, saving, views

app_name = "postings"

urlpatterns = [
    path("", views.posting_list, name="list"),
    path("feed.rss", feeds.rss_feed, name="feed_rss"),
    path("feed.atom", feeds.atom_feed, name="feed_atom"),
    path("feed.json", feeds.json_feed, name="feed_json"),
    path("employers/<uslug:slug>/", views.employer_detail, name="employer"),
    path("saved/", saving.posting_saved, name="saved"),
    path("saved/token/", saving.save_token, name="save_token"),
    path("contact/<str:token>/", contact_views.contact_answer, name="contact"),
    path("<int:pk>/save/", saving.posting_save, name="save"),
    path("<int:pk>/apply/", leaving.posting_apply, name="apply"),
    path("preview/<str:token>/", views.shared_preview, name="preview"),
    path("<int:pk>/", views.posting_detail),
    path("<int:pk>-/", views.posting_detail),
    path("<int:pk>-<uslug:slug>/", views.posting_detail, name="detail"),
    path("<uslug:slug>/", views.posting_landing, name="landing"),
]
