from .guides import role_article, role_compare, role_detail, role_index, role_interview, role_template
from .occupations import occupation_detail, occupation_index
from .sources import source_list

__all__ = [
    "occupation_detail",
    "occupation_index",
    "role_article",
    "role_compare",
    "role_detail",
    "role_index",
    "role_interview",
    "role_template",
    "source_list",
]
