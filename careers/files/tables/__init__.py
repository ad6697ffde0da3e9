"""Reading the tables other publishers give out: tab- or comma-separated text, and xlsx. Row by row, never whole.

    with open_table(path, required=("O*NET-SOC Code", "Task")) as table:
        for row in table:
            row["Task"], row.read("Task ID", cells.whole)

Whatever is wrong raises FileError with a sentence that names the file and, where there is one, line and column.
"""

from .table import Row, Table, open_table

__all__ = ["Row", "Table", "open_table"]
