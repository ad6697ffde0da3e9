from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "careers.search"
    label = "search"
