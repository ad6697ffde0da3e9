from django.apps import AppConfig


class OccupationsConfig(AppConfig):
    name = "careers.occupations"

    def ready(self):
        from .search_documents import register_kind

        register_kind()
