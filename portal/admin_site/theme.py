"""Colours, stylesheet, script and icon of the admin, named in settings.UNFOLD."""

from django.templatetags.static import static

# Shades of the public site's accent colour (static/css/tokens.css).
ACCENT = {
    "50": "#f1f8f7",
    "100": "#e1eeec",
    "200": "#c3dedb",
    "300": "#9fcbc7",
    "400": "#83cdc6",
    "500": "#5aa9a4",
    "600": "#0b5a60",
    "700": "#094d52",
    "800": "#07464b",
    "900": "#05363a",
    "950": "#032225",
}


def accent(request):
    return dict(ACCENT)


def stylesheet(request):
    return static("admin/css/portal.css")


def form_stylesheet(request):
    return static("admin/css/forms.css")


def script(request):
    return static("admin/js/accessible.js")


def favicon(request):
    return "/favicon.ico"
