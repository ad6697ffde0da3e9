from django.apps import AppConfig


class PostingsConfig(AppConfig):
    name = "careers.postings"
    verbose_name = "Job postings"
