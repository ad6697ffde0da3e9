"""Blanks in the text of a template: a word in braces, such as {employer} or {closing day}."""

import re

BLANK = re.compile(r"\{[ \t]*([^\W\d_][\w \t-]{0,39})\}")
