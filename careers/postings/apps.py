from django.apps import AppConfig

from careers.changes.moments import register_moments


class PostingsConfig(AppConfig):
    name = "careers.postings"
    verbose_name = "Job postings"

    def ready(self):
        from .checks import system  # noqa: F401  registers its checks
        from .moments import next_moment
        from .search import register_kind

        register_moments(next_moment)
        register_kind()
