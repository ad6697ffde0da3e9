"""What changed between two texts, line by line, as the admin shows it."""

from difflib import unified_diff
from itertools import zip_longest

VERSIONS_SHOWN = 20


def differences(template):
    """The newest versions, each with the lines that changed since the one before."""
    versions = list(template.versions.select_related("made_by")[: VERSIONS_SHOWN + 1])
    pairs = zip_longest(versions, versions[1:])
    return [(version, changed_lines(before, version) if before else []) for version, before in pairs][:VERSIONS_SHOWN]


def changed_lines(before, after):
    """(mark, text) of each line taken out (-), added (+) or standing beside one of those."""
    lines = []
    for field in before.KEPT:
        if changed := marked_lines(text_of(before, field), text_of(after, field)):
            lines += [("#", "Locked fields" if field == "locked" else field.capitalize()), *changed]
    return lines


def text_of(version, field):
    content = getattr(version, field)
    return content if isinstance(content, str) else "\n".join(content)


def marked_lines(old, new):
    changed = list(unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=1))[2:]  # without the names of files
    return [(line[0], line[1:]) for line in changed if line[0] != "@"]
