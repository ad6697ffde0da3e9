"""Reading files that people and publishers give us, and writing CSV: tables, Markdown with front matter, encodings, zip checks.

Not here: what the contents mean (importers of each app) and articles in Word or HTML (careers.guide_import).
Start with `tables` for a publisher's data, or `content_files.py` for our own content.
"""
