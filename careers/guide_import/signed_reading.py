"""A reading carried in a form from the page that shows it to the one that writes it: signed, so nobody can change it."""

from dataclasses import asdict

from django.core import signing

from .text.blocks import ArticleError, Block, Kind, Reading
from .text.inline import Inline, Run

SALT = "careers.guide_import"
LONGEST = 2_000_000  # characters a form field may have; the upload limit of Django lies above
FIELDS = ("where", "level", "marker", "depth", "is_header", "table", "group", "left_out")


def packed(reading: Reading) -> str:
    """Raises ArticleError where the text is too long to be carried so."""
    carried = asdict(reading) | {"blocks": [packed_block(block) for block in reading.blocks]}
    text = signing.dumps(carried, salt=SALT, compress=True)
    if len(text) > LONGEST:
        raise ArticleError("The article is too long for this page; import it with manage.py import_guide.")
    return text


def unpacked(text: str) -> Reading:
    try:
        carried = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise ArticleError("The article did not come through unchanged. Give it again.") from error
    return Reading(**carried | {"blocks": [unpacked_block(block) for block in carried["blocks"]]})


def packed_block(block):
    values = {name: value for name in FIELDS if (value := getattr(block, name))}
    return [str(block.kind), packed_inline(block.inline), [packed_inline(cell) for cell in block.cells], values]


def unpacked_block(carried):
    kind, inline, cells, values = carried
    return Block(Kind(kind), unpacked_inline(inline), cells=tuple(map(unpacked_inline, cells)), **values)


def packed_inline(inline):
    return [[run.text, int(run.bold), int(run.italic), run.href] for run in inline.runs]


def unpacked_inline(carried):
    return Inline(tuple(Run(text, bool(bold), bool(italic), href) for text, bold, italic, href in carried))
