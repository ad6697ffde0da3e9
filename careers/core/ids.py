import re

ROW_ID = re.compile(r"[0-9]{1,18}")  # fits a 64-bit integer


def is_row_id(text: str) -> bool:
    """Whether a text from a request can be a primary key; a longer number would be a database error."""
    return bool(ROW_ID.fullmatch(text))
