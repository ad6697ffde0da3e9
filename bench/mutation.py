"""Which small changes of the code no test notices. `make mutants`; SUBJECTS="money zones" asks about these alone.

Each change is made in memory, in a process forked for it, while that imports the module: the files stay as they are. What is
changed, which tests are to notice, and how many are tried stands in bench/mutants.toml.
"""

import argparse
import ast
import copy
import importlib
import os
import random
import signal
import sys
import tempfile
import time
import tomllib
import traceback
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_name("mutants.toml")
# Read before forking, since every run needs them.
PRELOADED = (
    "hypothesis.strategies", "django.test", "django.db.models", "django.forms", "django.template", "factory",
    "babel.numbers", "pycountry", "tantivy", "rapidfuzz.process", "lxml.html",
)  # fmt: skip

SWAPPED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
OPTIONS = ["-n0", "-x", "-q", "--tb=short", "--assert=plain", "-p", "no:cacheprovider", "--hypothesis-profile=unshrunk"]
LOOKUPS = {"gt": "gte", "gte": "gt", "lt": "lte", "lte": "lt"}
LONGEST = 3600  # seconds that tests take without a change
UNASKED = {
    "help_text",
    "violation_error_message",
    "max_length",
    "max_digits",
    "decimal_places",
    "maxsize",
    "related_name",
    "frozen",
    "__all__",
    "indexes",
    "db_index",
    "thread_name_prefix",
}


@dataclass(frozen=True)
class Mutant:
    path: str
    line: int
    before: str
    after: str
    source: str

    def __str__(self):
        return f"{self.path}:{self.line}\n      - {self.before}\n      + {self.after}"


# -- Changes


def mutants_of(path, source):
    """Every change of a module that says something else and still compiles."""
    whole, starts, found = source.encode(), [0], {}
    for line in whole.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node, changed in changes(ast.parse(source)):
        begin, end = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
        text = (whole[:begin] + spelled(changed) + whole[end:]).decode()
        if text not in found and ast.dump(changed) != ast.dump(node) and compiles(text):
            found[text] = mutant(path, node.lineno, source, text)
    return list(found.values())


def compiles(text):
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def spelled(node):
    text = ast.unparse(node)
    return (f"({text})" if isinstance(node, ast.BinOp | ast.BoolOp | ast.UnaryOp | ast.Compare) else text).encode()


def mutant(path, line, source, text):
    """With the line that differs, as it was and as it is."""
    before, after = source.splitlines(), text.splitlines()
    first = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), line - 1)
    last = len(before) - len(after) + first + 1
    return Mutant(
        path,
        first + 1,
        " ".join(part.strip() for part in before[first : max(last, first + 1)]),
        after[first].strip(),
        text,
    )


def changes(tree):
    """(node, what stands in its place)"""
    left_out = set(plain_words(tree))
    for node in ast.walk(tree):
        if node not in left_out:
            for change in CHANGES.get(type(node), ()):
                for changed in change(node):
                    yield node, changed


def plain_words(tree):
    """Annotations, what modules export, labels, widths of columns, indexes: no test is asked about them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (part for keyword in node.keywords if keyword.arg in unasked(node) for part in ast.walk(keyword))
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            yield from ast.walk(part) if part else ()
        if isinstance(node, ast.Assign) and any(getattr(target, "id", "") in UNASKED for target in node.targets):
            yield from ast.walk(node)
        if isinstance(node, ast.ClassDef) and any("Choices" in ast.unparse(base) for base in node.bases):
            yield from (part.value for part in node.body if isinstance(part, ast.Assign))


def unasked(call):
    """Keywords of a call. Forms leave out what is not editable: whether it may be blank makes no difference."""
    return UNASKED | {"blank"} if any(keyword.arg == "editable" for keyword in call.keywords) else UNASKED


def with_field(node, **fields):
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def without(items, at):
    return [*items[:at], *items[at + 1 :]]


def compared_otherwise(node):
    for at, operator in enumerate(node.ops):
        if type(operator) in SWAPPED:
            yield with_field(node, ops=[*node.ops[:at], SWAPPED[type(operator)](), *node.ops[at + 1 :]])


def joined_otherwise(node):
    """And for or; and each part left out."""
    yield with_field(node, op=SWAPPED[type(node.op)]())
    for at in range(len(node.values)):
        rest = without(node.values, at)
        yield rest[0] if len(rest) == 1 else with_field(node, values=rest)


def computed_otherwise(node):
    if type(node.op) in SWAPPED:
        yield with_field(node, op=SWAPPED[type(node.op)]())


def not_denied(node):
    if isinstance(node.op, ast.Not | ast.Invert):
        yield node.operand


def other_constant(node):
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)


def called_otherwise(node):
    """Without one keyword, with a lookup that takes or leaves its bound, with the first two arguments changed round."""
    for at, keyword in enumerate(node.keywords):
        if keyword.arg and keyword.arg not in unasked(node):
            yield with_field(node, keywords=without(node.keywords, at))
            name, _, lookup = keyword.arg.rpartition("__")
            if lookup in LOOKUPS:
                other = ast.keyword(f"{name}__{LOOKUPS[lookup]}", keyword.value)
                yield with_field(node, keywords=[*node.keywords[:at], other, *node.keywords[at + 1 :]])
    in_any_order = ast.unparse(node.func) in ("max", "min")
    if len(node.args) > 1 and not in_any_order and not any(isinstance(part, ast.Starred) for part in node.args[:2]):
        yield with_field(node, args=[node.args[1], node.args[0], *node.args[2:]])


def shorter(node):
    """A table without one of its entries."""
    if len(node.elts) > 1 and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        for at in range(len(node.elts)):
            yield with_field(node, elts=without(node.elts, at))


def unfiltered(node):
    for at, part in enumerate(node.generators):
        if part.ifs:
            yield with_field(
                node, generators=[*node.generators[:at], with_field(part, ifs=[]), *node.generators[at + 1 :]]
            )


def denied(node):
    """The other branch. Where the condition has parts of its own, those are changed instead."""
    if isinstance(node.test, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr):
        yield with_field(node, test=ast.UnaryOp(ast.Not(), node.test))


def left_out(node):
    """A statement that is there for its effect."""
    if not isinstance(node, ast.Expr) or isinstance(node.value, ast.Call):
        yield ast.Pass()


CHANGES = {
    ast.Compare: [compared_otherwise],
    ast.BoolOp: [joined_otherwise],
    ast.BinOp: [computed_otherwise],
    ast.UnaryOp: [not_denied],
    ast.Constant: [other_constant],
    ast.Call: [called_otherwise],
    ast.Set: [shorter],
    ast.List: [shorter],
    ast.Tuple: [shorter],
    ast.ListComp: [unfiltered],
    ast.SetComp: [unfiltered],
    ast.DictComp: [unfiltered],
    ast.GeneratorExp: [unfiltered],
    ast.IfExp: [denied],
    ast.Expr: [left_out],
    ast.Raise: [left_out],
    ast.AugAssign: [left_out],
}


# -- Runs


def noticed(tests, seconds, change=None):
    """What these tests say where they fail with the change; '' where they pass."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        child = os.fork()
        if child == 0:
            run(tests, Path(folder), change)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            pid, status = os.waitpid(child, os.WNOHANG)
            if pid:
                return (Path(folder) / "said").read_text() or "It ends without a word." if status else ""
            time.sleep(0.05)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return "It does not end."


def run(tests, folder, change):
    """In the forked process, which ends here."""
    code = 1
    try:
        os.setpgid(0, 0)
        said = os.open(folder / "said", os.O_WRONLY | os.O_CREAT)
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.environ["VAR_DIR"], sys.dont_write_bytecode = str(folder), True
        if change:
            put_in_place(ROOT / change.path, change.source)
        code = int(pytest.main([*OPTIONS, *tests]))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def put_in_place(path, source):
    """The module is read from this text when it is imported."""
    as_it_is = SourceFileLoader.get_code

    def get_code(loader, name):
        return compile(source, path, "exec") if Path(loader.path) == path else as_it_is(loader, name)

    SourceFileLoader.get_code = get_code


def sample(subject, modules, table):
    """(those to try, how many there are, how many are equivalent). What is drawn stays when others come or go."""
    equivalent = table["equivalent"].get(subject, {})
    every = [change for path in modules for change in mutants_of(path, (ROOT / path).read_text())]
    for gone in sorted(equivalent.keys() - {change.after for change in every}):
        print(f"No change reads like this any more; take it out of [equivalent.{subject}]: {gone}")
    found = [change for change in every if change.after not in equivalent]
    drawn = sorted(
        found,
        key=lambda change: random.Random(f"{table['seed']} {change.path} {change.before} {change.after}").random(),
    )
    return drawn[: table["sample"]], len(found), len(every) - len(found)


def ask(subject, modules, table):
    """The line of the subject in the table at the end."""
    chosen, known, equivalent = sample(subject, modules, table)
    print(f"{subject}: {len(chosen)} of {known} changes", flush=True)
    seconds = {path: time_of(path, modules[path]) for path in sorted({change.path for change in chosen})}
    found = 0
    for change in chosen:
        if noticed(modules[change.path], seconds[change.path], change):
            found += 1
            print(".", end="", flush=True)
        else:
            print(f"\n    {change}", flush=True)
    print()
    return f"{subject:<14}{len(chosen):>6}{found:>9}{equivalent:>12}{100 * found / max(len(chosen), 1):>6.0f} %"


def time_of(path, tests):
    """How long the tests of a module may take with a change: many times as long as without one."""
    begun = time.monotonic()
    if said := noticed(tests, LONGEST):
        raise SystemExit(f"The tests of {path} fail without any change:\n{said}")
    return 60 + 10 * (time.monotonic() - begun)


def main():
    table = tomllib.loads(TABLE.read_text())
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("subjects", nargs="*", metavar="subject", help=", ".join(table["subjects"]))
    for name in ("sample", "seed"):
        parser.add_argument(f"--{name}", type=int, default=table[name])
    given = parser.parse_args()
    table |= {"sample": given.sample, "seed": given.seed}
    os.chdir(ROOT)
    for name in PRELOADED:
        importlib.import_module(name)
    lines = [ask(name, table["subjects"][name], table) for name in given.subjects or table["subjects"]]
    print("\nsubject        tried  noticed  equivalent  score", *lines, sep="\n")


if __name__ == "__main__":
    main()
