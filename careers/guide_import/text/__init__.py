"""Units of an article's text: inline runs, blocks, list points, sentences, markers, words and role names.

Not here: reading files (readers/) and deciding what a text is about (classify/).
Start with blocks.py.
"""
