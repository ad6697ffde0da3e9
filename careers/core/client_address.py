from django.conf import settings


def client_address(request):
    """The visitor's address: of the connection, or behind our own proxy the last one it noted."""
    if settings.BEHIND_PROXY and (noted := request.META.get("HTTP_X_FORWARDED_FOR")):
        return noted.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")
