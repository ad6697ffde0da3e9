from . import articles, occupations, parts, reference, roles, sources, vocabulary

__all__ = ["articles", "occupations", "parts", "reference", "roles", "sources", "vocabulary"]
