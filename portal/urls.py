from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter

from careers.core.slugs import SlugConverter
from careers.pages.views import page_detail
from portal.media_files import media_file
from portal.sitemaps import SITEMAPS, sitemap_index
from portal.views import share_images, site_files
from portal.views.guide_list import role_explore, role_index
from portal.views.guides import role_compare, role_detail, role_template
from portal.views.home import home
from portal.views.occupations import occupation_detail, occupation_index
from portal.views.places import suggest_place
from portal.views.search import search, suggest
from portal.views.skills import role_skills
from portal.views.sources import source_list

register_converter(SlugConverter, "uslug")

# Pages that combine several apps are views of portal; they share prefix and namespace with the pages of their app.
guide_urls: list[URLPattern | URLResolver] = [
    path("", role_index, name="index"),
    path("explore/", role_explore, name="explore"),
    path("skills/", role_skills, name="skills"),
    path("compare/", role_compare, name="compare"),
    path("<uslug:slug>/", role_detail, name="detail"),
    path("<uslug:slug>/template/", role_template, name="template"),
    path("", include("careers.roles.urls")),
]
occupation_urls: list[URLPattern | URLResolver] = [
    path("", occupation_index, name="index"),
    path("<str:code>/", occupation_detail, name="detail"),
]

handler500 = "portal.views.errors.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("search/suggest/", suggest, name="search_suggest"),
    path("search/places/", suggest_place, name="place_suggest"),
    path("sources/", source_list, name="sources"),
    path("roles/", include((guide_urls, "roles"))),
    path("occupations/", include((occupation_urls, "occupations"))),
    path("jobs/", include("careers.postings.urls")),
    path("resources/", include("careers.resources.urls")),
    path("alerts/", include("careers.subscriptions.urls")),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
    path("share/site.png", share_images.site_image, name="share_site"),
    path("share/guides/<uslug:slug>.png", share_images.guide_image, name="share_guide"),
    path("share/jobs/<int:pk>.png", share_images.posting_image, name="share_job"),
    path("manifest.webmanifest", site_files.manifest, name="manifest"),
    path("robots.txt", site_files.robots, name="robots"),
    path("healthz", site_files.healthz, name="healthz"),
    path("favicon.ico", site_files.favicon),
    re_path(r"^media/(?P<path>logos/[^/]+)$", media_file),
    path("admin/", admin.site.urls),
    path("<uslug:slug>/", page_detail, name="page"),
]
