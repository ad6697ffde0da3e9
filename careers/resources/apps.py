from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "careers.resources"
    verbose_name = "Resource directory"
