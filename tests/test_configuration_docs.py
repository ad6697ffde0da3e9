"""docs/configuration.md names every environment variable of the settings, with its default."""

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
spec = importlib.util.spec_from_file_location("generate_configuration", ROOT / "docs/generate_configuration.py")
generator = importlib.util.module_from_spec(spec)
spec.loader.exec_module(generator)


def test_the_page_is_what_the_generator_writes():
    """Run `python docs/generate_configuration.py` after a change of the settings."""
    assert generator.TARGET.read_text() == generator.page()


def test_every_variable_is_documented_and_every_documented_one_is_used():
    used = {name for path in generator.SOURCES for name in generator.used_variables(path.read_text())}
    documented = re.findall(r"^\| `([A-Z_]+)`", generator.page(), re.MULTILINE)
    assert used == set(documented)
    assert len(documented) == len(set(documented))


def test_variables_are_found_with_their_defaults():
    source = 'A = Path(env.str("A_B", default="x"))\nB = {"b": env.list("C", default=["y", "z"])}\nc = os.environ.get("D", "4")'
    found = generator.used_variables(source)
    assert {name: generator.default_text(default) for name, default in found.items()} == {
        "A_B": "`x`", "C": "`y,z`", "D": "`4`",
    }  # fmt: skip


def test_a_comment_gives_section_default_and_meaning():
    source = "# -- Files ----\n#: A: first\n#: line two\n#: B (default: `var/`): second\n"
    assert generator.documented_variables(source, "") == [
        ("Files", "A", None, "first line two"),
        ("Files", "B", "`var/`", "second"),
    ]
