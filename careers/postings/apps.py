from django.apps import AppConfig

from careers.page_cache.expiry import register_expiry_source


class PostingsConfig(AppConfig):
    name = "careers.postings"
    verbose_name = "Job postings"

    def ready(self):
        from careers.background.schedule import register_daily

        from .checks import system  # noqa: F401  registers system checks
        from .notifications.daily import close_due
        from .page_expiry import next_moment
        from .search_documents import register_kind

        register_expiry_source(next_moment)
        register_kind()
        register_daily("close_due", close_due)
