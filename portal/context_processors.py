from django.conf import settings
from django.utils.functional import SimpleLazyObject

from careers.pages.footer import footer_pages


def site(request):
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "footer_pages": SimpleLazyObject(lambda: footer_pages(request)),
    }
