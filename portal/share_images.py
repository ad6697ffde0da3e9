"""The picture that messengers and networks show beside a link: site name, title and a line of facts, 1200 × 630 pixels.

The same words give the same file. Words in a script the font lacks give the picture of the site instead.
"""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

import unfold
from django.conf import settings
from PIL import Image, ImageColor, ImageDraw, ImageFont

WIDTH, HEIGHT, MARGIN = 1200, 630, 80
PAPER, INK, SOFT, ACCENT, GOLD = "#fbfaf6", "#1d1b17", "#57534a", "#0b5a60", "#f3c77a"  # as in static/css/tokens.css
# Inter, SIL Open Font License, comes with the theme of the admin. It has Latin, Greek and Cyrillic letters.
FONTS = Path(unfold.__file__).parent / "static" / "unfold" / "fonts" / "inter"
TITLE_SIZES, TITLE_LINES = (84, 72, 60, 50), 3
FACTS_SIZE, FACTS_LINES = 36, 2
KEPT_IMAGES = 256  # of about 15 kB each
SHADES = 12  # of each colour, for the edges of letters
NO_GLYPH = "\uffff"

SITE_TITLE = "Role guides, jobs and resources"
SITE_FACTS = "Every figure shows its source, or says it has none."

Font = ImageFont.FreeTypeFont


def share_image(title: str = SITE_TITLE, facts: str = SITE_FACTS) -> bytes:
    """A PNG file."""
    title, facts = " ".join(title.split()), " ".join(facts.split())
    if not is_drawable(title) or not is_drawable(facts):
        title, facts = SITE_TITLE, SITE_FACTS
    site_name = settings.SITE_NAME if is_drawable(settings.SITE_NAME) else ""
    return draw(site_name, title, facts)


@lru_cache(maxsize=KEPT_IMAGES)
def draw(site_name: str, title: str, facts: str) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, WIDTH, 16), fill=ACCENT)
    draw_mark(canvas, MARGIN, 72)
    canvas.text((MARGIN + 92, 108), site_name, INK, font("SemiBold", 38), anchor="lm")
    title_font, lines = fit_title(title)
    leading = title_font.size * 1.16
    top = HEIGHT / 2 + 6 - leading * len(lines) / 2
    for number, line in enumerate(lines):
        canvas.text((MARGIN, top + leading * number), line, INK, title_font, anchor="la")
    facts_font = font("Regular", FACTS_SIZE)
    fact_lines = wrap(facts, facts_font, FACTS_LINES)[0]
    for number, line in enumerate(reversed(fact_lines)):
        canvas.text((MARGIN, HEIGHT - 64 - number * FACTS_SIZE * 1.35), line, SOFT, facts_font, anchor="ls")
    file = BytesIO()
    image.quantize(palette=palette(), dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


@lru_cache(maxsize=1)
def palette() -> Image.Image:
    """The colours and their shades towards the paper and the sign's ground. A palette of its own costs most of a drawing."""
    pairs = [(INK, PAPER), (SOFT, PAPER), (ACCENT, PAPER), (GOLD, ACCENT)]
    shades = [
        round(first + (second - first) * step / (SHADES - 1))
        for start, end in pairs
        for step in range(SHADES)
        for first, second in zip(ImageColor.getrgb(start), ImageColor.getrgb(end), strict=True)
    ]
    image = Image.new("P", (1, 1))
    image.putpalette(shades)
    return image


def draw_mark(canvas: ImageDraw.ImageDraw, x: int, y: int) -> None:
    """The sign of static/favicon.svg, 72 pixels wide."""
    canvas.rounded_rectangle((x, y, x + 72, y + 72), 16, fill=ACCENT)
    canvas.rounded_rectangle((x + 16, y + 48, x + 56, y + 52), 2, fill="#77a09f")
    canvas.rounded_rectangle((x + 21, y + 30, x + 51, y + 40), 5, fill=PAPER)
    canvas.rounded_rectangle((x + 30, y + 20, x + 36, y + 50), 3, fill=GOLD)


@lru_cache(maxsize=16)
def font(weight: str, size: int) -> Font:
    """Pillow's own font where it cannot read this one: that has little more than ASCII."""
    try:
        return ImageFont.truetype(FONTS / f"Inter-{weight}.woff2", size)
    except OSError:
        return ImageFont.load_default(size)  # type: ignore[return-value]


def is_drawable(text: str) -> bool:
    return all(map(has_glyph, text))


@lru_cache(maxsize=4096)
def has_glyph(character: str) -> bool:
    return character.isprintable() and glyph(character) != glyph(NO_GLYPH)


def glyph(character: str) -> bytes:
    return bytes(font("Regular", FACTS_SIZE).getmask(character))


# -- Lines


def fit_title(title: str) -> tuple[Font, list[str]]:
    """The largest size at which the title has room; at the smallest it is cut."""
    for size in TITLE_SIZES:
        title_font = font("SemiBold", size)
        lines, is_whole = wrap(title, title_font, TITLE_LINES)
        if is_whole:
            break
    return title_font, lines


def wrap(text: str, in_font: Font, at_most: int) -> tuple[list[str], bool]:
    """(lines, whether all of the text is in them); the last line of a text that is cut ends in '…'."""
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if has_room(longer, in_font) or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    is_whole = len(lines) <= at_most and all(has_room(line, in_font) for line in lines)
    return ([shorten(line, in_font) for line in cut(lines, at_most)], is_whole)


def cut(lines: list[str], at_most: int) -> list[str]:
    return lines if len(lines) <= at_most else [*lines[: at_most - 1], f"{lines[at_most - 1]}…"]


def shorten(line: str, in_font: Font) -> str:
    """The start of a line that is too wide, with '…'."""
    start = line.removesuffix("…")
    while start and not has_room(line, in_font):
        start = start[:-1]
        line = f"{start}…"
    return line


def has_room(text: str, in_font: Font) -> bool:
    return in_font.getlength(text) <= WIDTH - 2 * MARGIN
