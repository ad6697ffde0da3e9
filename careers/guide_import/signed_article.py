"""A parsed article as a signed string: a form field carries it from the preview to the import, and it cannot be changed."""

from dataclasses import asdict

from django.core import signing

from .text.blocks import ArticleError, Block, BlockKind, ParsedArticle
from .text.inline import Inline, Run

SALT = "careers.guide_import"
MAX_LENGTH = 2_000_000  # characters of the form field, below Django's upload limit
BLOCK_FIELDS = ("where", "level", "marker", "depth", "is_header", "table", "group", "stanza", "skip_reason")


def sign_article(article: ParsedArticle) -> str:
    """Raises ArticleError for an article too long for a form field."""
    packed = asdict(article) | {"blocks": [pack_block(block) for block in article.blocks]}
    text = signing.dumps(packed, salt=SALT, compress=True)
    if len(text) > MAX_LENGTH:
        raise ArticleError("The article is too long for this page. Import it with manage.py import_guide.")
    return text


def load_signed_article(text: str) -> ParsedArticle:
    """Raises ArticleError for a text that `sign_article` did not return."""
    try:
        packed = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise ArticleError("The article changed on the way to us. Choose the file or paste the text again.") from error
    return ParsedArticle(**packed | {"blocks": [unpack_block(block) for block in packed["blocks"]]})


def pack_block(block: Block) -> list:
    values = {name: value for name in BLOCK_FIELDS if (value := getattr(block, name))}
    return [str(block.kind), pack_inline(block.inline), [pack_inline(cell) for cell in block.cells], values]


def unpack_block(packed: list) -> Block:
    kind, inline, cells, values = packed
    return Block(BlockKind(kind), unpack_inline(inline), cells=tuple(map(unpack_inline, cells)), **values)


def pack_inline(inline: Inline) -> list:
    return [[run.text, int(run.bold), int(run.italic), run.href] for run in inline.runs]


def unpack_inline(packed: list) -> Inline:
    return Inline(tuple(Run(text, bool(bold), bool(italic), href) for text, bold, italic, href in packed))
