"""Topics: what a heading, a paragraph or a list is about, which role an article describes, and what is boilerplate.

Not here: figures, skills and other facts within a text (extract/).
Start with topics.py, then topic_words.toml, the one table of words that speak for a topic.
"""
