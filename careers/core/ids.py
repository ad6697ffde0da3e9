import re

ROW_ID = re.compile(r"[0-9]{1,18}")  # what fits the databases' own integers


def is_row_id(text):
    return bool(ROW_ID.fullmatch(text))
