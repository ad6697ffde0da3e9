from django.apps import AppConfig


class RolesConfig(AppConfig):
    name = "careers.roles"
    verbose_name = "Role guides"

    def ready(self):
        from .search_documents import register_kinds

        register_kinds()
