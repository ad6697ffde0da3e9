from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.shortcuts import render
from django.templatetags.tz import do_timezone
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from careers.occupations.models import Occupation
from careers.pages.models import Page
from careers.postings.dates import own_moment
from careers.postings.job_list import landing_pages
from careers.postings.models import Employer, Posting
from careers.resources.models import Resource
from careers.roles.models import Article, Role


class SiteSitemap(Sitemap):
    """URLs start with SITE_URL, whatever host the request names."""

    protocol = urlsplit(settings.SITE_URL).scheme
    limit = 10_000

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def lastmod(self, row):
        return row.updated_at

    def get_latest_lastmod(self):
        return self.items().order_by().aggregate(latest=Max("updated_at"))["latest"]


class PageSitemap(Sitemap):
    protocol = SiteSitemap.protocol
    get_domain = SiteSitemap.get_domain

    def items(self):
        names = ["index", "explore", "skills"]
        return ["home", *(f"roles:{name}" for name in names), "occupations:index", "postings:list", "resources:list"]

    def location(self, name):
        return reverse(name)


class RoleSitemap(SiteSitemap):
    def items(self):
        return Role.objects.published().order_by("pk").only("slug", "updated_at")


class ArticleSitemap(SiteSitemap):
    def items(self):
        articles = (
            Article.objects.written().filter(role__in=Role.objects.published()).select_related("role").order_by("pk")
        )
        return articles.only("slug", "updated_at", "role__slug")


class OccupationSitemap(SiteSitemap):
    """Last changed when their release was imported."""

    def items(self):
        listed = Occupation.objects.listed().select_related("release").order_by("pk")
        return listed.only("code", "release__updated_at")

    def lastmod(self, occupation):
        return occupation.release.updated_at

    def get_latest_lastmod(self):
        return self.items().order_by().aggregate(latest=Max("release__updated_at"))["latest"]


class PostingSitemap(SiteSitemap):
    def items(self):
        return Posting.objects.live().order_by("pk").only("slug", "updated_at", "time_zone")

    def lastmod(self, posting):
        """The template prints the day of it as it is."""
        return do_timezone(posting.updated_at, own_moment(posting, posting.updated_at).tzinfo)


class LandingSitemap(SiteSitemap):
    """Pages of a role in a country (/jobs/<role>-in-<country>/) with enough jobs."""

    @cached_property
    def rows(self):
        return landing_pages.sitemap_entries()

    def items(self):
        return self.rows

    def get_latest_lastmod(self):
        return max((row.updated_at for row in self.rows), default=None)


class EmployerSitemap(SiteSitemap):
    """Employers with at least one live posting: other pages have almost no content."""

    def items(self):
        return (
            Employer.objects.filter(postings__in=Posting.objects.live())
            .distinct()
            .order_by("pk")
            .only("slug", "updated_at")
        )


class AboutSitemap(SiteSitemap):
    """Texts about the site."""

    def items(self):
        return Page.objects.published().order_by("pk").only("slug", "updated_at")


class ResourceSitemap(SiteSitemap):
    def items(self):
        return Resource.objects.published().order_by("pk").only("slug", "updated_at")


SITEMAPS = {
    "pages": PageSitemap,
    "about": AboutSitemap,
    "guides": RoleSitemap,
    "articles": ArticleSitemap,
    "occupations": OccupationSitemap,
    "jobs": PostingSitemap,
    "jobs-in": LandingSitemap,
    "employers": EmployerSitemap,
    "resources": ResourceSitemap,
}


@require_safe
def sitemap_index(request):
    """The index of sitemap files: one per 10,000 URLs of a section, none of an empty one. URLs start with SITE_URL."""
    files: list[dict[str, str]] = []
    for name, section in SITEMAPS.items():
        address = settings.SITE_URL + reverse("sitemap_section", args=[name])
        paginator = section().paginator
        pages = paginator.num_pages if paginator.count else 0
        files += [{"location": address if page == 1 else f"{address}?p={page}"} for page in range(1, pages + 1)]
    return render(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")
