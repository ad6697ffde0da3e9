"""How dates are written where a template or a list names no format. Django's own formats of a language precede the settings."""

DATE_FORMAT = "j M Y"  # 30 Nov 2026
DATETIME_FORMAT = "j M Y, H:i"
