"""Four clients, each a process of its own, that ask again as soon as they are answered; all classes of searches in turn."""

import multiprocessing
import os
import random
import time

CLIENTS = 4


def searches_a_second(client, *arguments, seconds):
    """`client(*arguments)` is set up in each process and answers a function that takes the number of a search."""
    spawn = multiprocessing.get_context("spawn")
    start, done = spawn.Barrier(CLIENTS), spawn.Queue()
    processes = [
        spawn.Process(target=work, args=(number, client, arguments, seconds, start, done)) for number in range(CLIENTS)
    ]
    for process in processes:
        process.start()
    answered = sum(done.get(timeout=seconds + 300) for _ in processes)
    for process in processes:
        process.join()
    return answered / seconds


def work(number, client, arguments, seconds, start, done):
    search = client(*arguments)
    order = list(range(search(None)))
    random.Random(number).shuffle(order)
    for place in order[:5]:
        search(place)
    start.wait()
    answered, until = 0, time.perf_counter() + seconds
    while time.perf_counter() < until:
        search(order[answered % len(order)])
        answered += 1
    done.put(answered)


def engine(size, database, at):
    """Of the index, as a worker asks it: the clock is read for each search."""
    from bench import corpus

    os.environ["DATABASE_URL"] = database
    corpus.use(size, is_filled=True)
    from bench.questions import question_of, searches
    from careers.search.query import run_search

    questions = [question_of(search, at) for search in searches()]
    return lambda number: len(questions) if number is None else run_search(questions[number]).facets


def fulltext(address, statements):
    import psycopg

    connection = psycopg.connect(address, autocommit=True)

    def search(number):
        return len(statements) if number is None else connection.execute(*statements[number]).fetchall()

    return search
