"""Work outside of requests: tasks in the database, the worker that runs them, scheduled tasks, mail with retries.

Not here: what the tasks do; each app defines its own. The queue itself is django-tasks-db (decision 0036).
Start with worker.py.
"""
