from django.conf import settings
from django.utils.functional import SimpleLazyObject

from careers.pages.footer import footer_links


def site(request):
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "footer_links": SimpleLazyObject(lambda: footer_links(request)),
    }
