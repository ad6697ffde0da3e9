from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "careers.resources"
    verbose_name = "Resource directory"

    def ready(self):
        from .search_documents import register_kind

        register_kind()
