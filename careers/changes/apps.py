from django.apps import AppConfig, apps
from django.db.backends.signals import connection_created
from django.db.models.signals import pre_delete


class ChangesConfig(AppConfig):
    name = "careers.changes"

    def ready(self):
        from .sql_guard import install
        from .tracking import PublicModel, record_deletion

        connection_created.connect(install, dispatch_uid="changes.sql_guard")
        for model in apps.get_models():
            if issubclass(model, PublicModel):
                pre_delete.connect(record_deletion, sender=model, dispatch_uid=f"changes.{model._meta.label_lower}")
