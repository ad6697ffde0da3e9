import os

from django.core.management.base import BaseCommand

from careers.background import worker


class Command(BaseCommand):
    help = (
        "Run background tasks until stopped. `make run` starts one beside the server; start more on this or other hosts as you "
        "like. It finishes the task it runs before it stops."
    )

    def add_arguments(self, parser):
        parser.add_argument("--batch", action="store_true", help="Stop when no task is left.")
        parser.add_argument("--with-parent", action="store_true", help="Stop when the process that started it ends.")

    def handle(self, *, batch, with_parent, **options):
        if with_parent:
            os.setpgid(0, 0)  # Ctrl-C in the terminal stops the server, whose end stops this process
        queue_worker = worker.new_worker(batch=batch)
        queue_worker.configure_signals()
        worker.run(queue_worker, ends_with_parent=with_parent)
