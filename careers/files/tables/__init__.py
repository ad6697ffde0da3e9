"""Tables of other publishers, tab- or comma-separated text and xlsx, read row by row.

Not here: reading single cells (careers.files.cells) and our own CSV files (careers.files.content_files).
Start with `open_table` in `table.py`:

    with open_table(path, required=("O*NET-SOC Code", "Task")) as table:
        for row in table:
            row["Task"], row.read("Task ID", cells.whole)

Any fault raises FileError with a message that names the file and, if known, line and column.
"""

from .table import Row, Table, open_table

__all__ = ["Row", "Table", "open_table"]
