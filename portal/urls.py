from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path, register_converter
from django.views.static import serve

from careers.core.slugs import SlugConverter
from portal.sitemaps import SITEMAPS, sitemap_index
from portal.views import site_files
from portal.views.home import home
from portal.views.search import search, suggest
from portal.views.sources import source_list

register_converter(SlugConverter, "uslug")

urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("search/suggest/", suggest, name="search_suggest"),
    path("sources/", source_list, name="sources"),
    path("roles/", include("careers.roles.urls")),
    path("occupations/", include("careers.occupations.urls")),
    path("jobs/", include("careers.postings.urls")),
    path("resources/", include("careers.resources.urls")),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
    path("robots.txt", site_files.robots, name="robots"),
    path("healthz", site_files.healthz, name="healthz"),
    path("favicon.ico", site_files.favicon),
    re_path(r"^media/(?P<path>logos/[^/]+)$", serve, {"document_root": settings.MEDIA_ROOT}),
    path("admin/", admin.site.urls),
]
