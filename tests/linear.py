"""Whether work grows in proportion to its input. Processor time is compared with itself, so a slow machine changes nothing."""

import time

SMALL, LARGE = 4_000, 16_000  # characters
# Four times the input takes about four times as long; with a square it would be sixteen times.
MOST_GROWTH, SLACK = 9, 0.03


def filled(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def seconds(act, text) -> float:
    start = time.process_time()
    act(text)
    return time.process_time() - start


def is_linear(act, make) -> bool:
    """`make` returns a text of a length. What takes next to no time is linear; what looks slow is measured again."""
    small, large = make(SMALL), make(LARGE)
    return any(seconds(act, large) < MOST_GROWTH * seconds(act, small) + SLACK for _ in range(3))
