from django.apps import AppConfig


class RolesConfig(AppConfig):
    name = "careers.roles"
    verbose_name = "Role guides"
