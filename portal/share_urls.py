"""Addresses of the pictures of links. Their names have no prefix: every page names one."""

from django.urls import path

from portal.views.share_images import guide_image, posting_image, site_image

urlpatterns = [
    path("site.png", site_image, name="share_site"),
    path("guides/<uslug:slug>.png", guide_image, name="share_guide"),
    path("jobs/<int:pk>.png", posting_image, name="share_job"),
]
