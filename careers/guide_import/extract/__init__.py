"""Facts in running text: pay and outlook figures, sources, places, skills, career steps and industries.

Not here: what a heading or a paragraph is about (classify/).
Start with facts.py, which collects all of them for one article.
"""
