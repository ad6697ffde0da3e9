"""Cases told apart inside one test, where a test for each would make the same rows again."""

import functools
import inspect
from contextlib import contextmanager

from django.db import connection, transaction


def each(names, cases, ids=repr):
    """Like `parametrize`, in one test: the cases share its fixtures, and what one writes to the database is taken back.

    All run, whatever becomes of the others; those that fail are told by their values. What a case does to anything else,
    such as settings or the session of a client, the next one meets.
    """
    names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    cases = list(cases)
    assert cases, "a test without a case"

    def looped(test):
        signature = inspect.signature(test)

        @functools.wraps(test)
        def run(*args, **fixtures):
            failures = {}
            for number, case in enumerate(cases):
                given = dict(zip(names, case if len(names) > 1 else [case], strict=True))
                try:
                    with taken_back():
                        test(*args, **fixtures, **given)
                except Exception as error:
                    failures[ids(case) if callable(ids) else ids[number]] = error
            if failures:
                lines = [f"{case}: {type(error).__name__}: {error}" for case, error in failures.items()]
                heading = f"{len(failures)} of {len(cases)} cases failed"
                raise AssertionError("\n".join([heading, *lines])) from next(iter(failures.values()))

        del run.__wrapped__
        kept = [parameter for name, parameter in signature.parameters.items() if name not in names]
        run.__signature__ = signature.replace(parameters=kept)
        return run

    return looped


@contextmanager
def taken_back():
    if not connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
