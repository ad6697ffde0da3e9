from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    name = "careers.background"
    verbose_name = "Background work"
