from django.urls import path

from . import feeds
from .views import apply, contact, detail, employer, preview, saved
from .views import list as job_list

app_name = "postings"

urlpatterns = [
    path("", job_list.posting_list, name="list"),
    path("feed.rss", feeds.rss_feed, name="feed_rss"),
    path("feed.atom", feeds.atom_feed, name="feed_atom"),
    path("feed.json", feeds.json_feed, name="feed_json"),
    path("employers/<uslug:slug>/", employer.employer_detail, name="employer"),
    path("saved/", saved.posting_saved, name="saved"),
    path("saved/token/", saved.save_token, name="save_token"),
    path("contact/<str:token>/", contact.contact_answer, name="contact"),
    path("<int:pk>/save/", saved.posting_save, name="save"),
    path("<int:pk>/apply/", apply.apply_redirect, name="apply"),
    path("<int:pk>/closing-day.ics", apply.closing_day_file, name="closing_day"),
    path("preview/<str:token>/", preview.shared_preview, name="preview"),
    path("<int:pk>/", detail.posting_detail),
    path("<int:pk>-/", detail.posting_detail),
    path("<int:pk>-<uslug:slug>/", detail.posting_detail, name="detail"),
    path("<uslug:slug>/", job_list.posting_landing, name="landing"),
]
