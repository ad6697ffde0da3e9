from unittest import mock

from careers.background import worker

CLOSE = "django_tasks_db.management.commands.db_worker.close_old_connections"


def run_queue():
    """What a worker does until the queue is empty, in the connection of the test."""
    with mock.patch(CLOSE):
        worker.new_worker(batch=True).run()
