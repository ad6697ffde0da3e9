from datetime import timedelta

from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    name = "careers.subscriptions"
    verbose_name = "Subscriptions"

    def ready(self):
        from careers.background.schedule import register_daily, register_interval

        from .matching import has_new_postings
        from .sending import has_due
        from .tasks import match_new_jobs, remove_old_rows, send_due_alerts

        register_interval("match_new_jobs", match_new_jobs, timedelta(minutes=1), has_new_postings)
        register_interval("send_due_alerts", send_due_alerts, timedelta(minutes=1), has_due)
        register_daily("remove_old_subscription_rows", remove_old_rows)
