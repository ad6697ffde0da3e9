from django.apps import AppConfig


class GuideImportConfig(AppConfig):
    name = "careers.guide_import"
