"""Write docs/configuration.md from the comments in portal/settings.py and the serve command.

    python docs/generate_configuration.py

`#: NAME: meaning` documents an environment variable. Its default is read from the code; `#: NAME (default: text): meaning`
gives it in words where it is computed. `# -- Title ---` starts a section.
"""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = {ROOT / "portal/settings.py": "", ROOT / "portal/management/commands/serve.py": "Server"}
TARGET = ROOT / "docs/configuration.md"
SECTION = re.compile(r"# -- (.+?) -+$")
COMMENT = re.compile(r"#: ([A-Z][A-Z_]*)(?: \(default: (.+?)\))?: (.+)")
HEAD = """# Configuration

Set these names in the environment or in `.env` in the project folder; the environment wins. The defaults are safe for
production. Only `SECRET_KEY`, `ALLOWED_HOSTS` and `SITE_URL` need a value of your own; `make run`
writes an `.env` for your own machine, with a `SECRET_KEY` and `HTTPS=0`: set `HTTPS=1` there for a public site.
Yes and no are written `1` and `0`.

This page is made from the comments in `portal/settings.py`: `python docs/generate_configuration.py`.
"""


def used_variables(source: str) -> dict[str, ast.expr | None]:
    """{name: expression of its default} of the environment variables that the code reads."""
    names = {}
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        if ast.unparse(node.func.value) not in ("env", "os.environ") or not isinstance(node.args[0], ast.Constant):
            continue
        default = next((each.value for each in node.keywords if each.arg == "default"), None)
        if default is None and len(node.args) > 1:
            default = node.args[1]
        names.setdefault(node.args[0].value, default)
    return names


def documented_variables(source: str, section: str) -> list[tuple[str, str, str | None, str]]:
    """(section, name, default in words or None, meaning) of each comment, in order."""
    rows = []
    for line in map(str.strip, source.splitlines()):
        if match := SECTION.match(line):
            section = match[1]
        elif match := COMMENT.match(line):
            rows.append((section, *match.groups()))
        elif line.startswith("#: "):
            *start, meaning = rows.pop()
            rows.append((*start, f"{meaning} {line.removeprefix('#: ')}"))
    return rows


def default_text(expression: ast.expr | None) -> str:
    value = ast.literal_eval(expression) if expression else ""
    if isinstance(value, bool):
        value = int(value)
    text = ",".join(value) if isinstance(value, list) else str(value)
    return f"`{text}`" if text else "none"


def page() -> str:
    lines, current = [HEAD], ""
    for path, section in SOURCES.items():
        source = path.read_text()
        used = used_variables(source)
        for title, name, default, meaning in documented_variables(source, section):
            if title != current:
                lines += [f"\n## {title}\n\n| Name | Default | Meaning |\n|---|---|---|\n"]
                current = title
            lines.append(f"| `{name}` | {default or default_text(used[name])} | {meaning} |\n")
    return "".join(lines)


if __name__ == "__main__":
    TARGET.write_text(page())
