from . import articles, occupations, parts, roles, sources, vocabulary

__all__ = ["articles", "occupations", "parts", "roles", "sources", "vocabulary"]
