"""Loads the starter content of pages. See starter/README.md."""

from careers.files.content_files import read_front_matter

from .models import Page


def load_pages(folder, report):
    for path in sorted((folder / "pages").glob("*.md")):
        values, text = read_front_matter(path)
        if not (created := not Page.objects.filter(slug=path.stem).exists()):
            report.note(Page, created)
            continue
        page = Page(slug=path.stem, text=text, is_published=True, **values)
        page.full_clean()
        page.save()
        report.note(Page, created)
