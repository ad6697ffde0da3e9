"""Pages about the site that editors write: about, contact, privacy, accessibility, imprint. The footer links to them.

Not here: pages made from other content (portal.views). Start with `models.py`.
"""
