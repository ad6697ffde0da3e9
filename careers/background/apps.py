from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    name = "careers.background"
    verbose_name = "Background work"

    def ready(self):
        from . import system_checks  # noqa: F401  registers itself
        from .pruning import prune_tasks
        from .schedule import register_daily

        register_daily("prune_tasks", prune_tasks)
