"""The error that all readers of files raise."""


class FileError(ValueError):
    """A fault in a file; the message names the file and, if known, the line."""
