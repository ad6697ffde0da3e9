"""Loads the board's starter content: templates, employers, and postings built from the templates. See starter/README.md.

Days in the files are relative to the day of loading, so that a new board always has open postings.
"""

from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone

from careers.core.money import Pay
from careers.files.content_files import read_csv, read_front_matter, split_list, split_sections
from careers.files.errors import FileError
from careers.postings.checks.store import keep_findings
from careers.postings.lifecycle import fill, publish, submit, withdraw
from careers.postings.models import CannedReply, Employer, Posting, PostingTemplate, PostingText, TemplateBlank
from careers.postings.posting_templates.build import build_posting
from careers.postings.posting_templates.versions import save_template
from careers.roles.models import Role, Skill

SOURCE = "starter"
REPLY_COLUMNS = ("title", "use", "body")
EMPLOYER_COLUMNS = ("slug", "name", "website", "about")  # nobody has verified an invented employer
TERMS = ("workplace", "employment_type", "level", "education", "months_of_experience")
POSTING_COLUMNS = (
    "ref", "role", "employer", "title", "places", "remote_countries", *TERMS, "pay_min", "pay_max", "currency", "period",
    "opened_days_ago", "closes_in_days", "time_zone", "apply_url", "apply_email", "state", "team", "product", "skills",
)  # fmt: skip


def load_jobs(folder, report):
    for path in sorted(folder.glob("templates/*.md")):
        report.note(PostingTemplate, load_template(path))
    for row in read_csv(folder / "employers.csv", EMPLOYER_COLUMNS):
        values = {name: row[name] for name in ("name", "website", "about")}
        _, created = Employer.objects.get_or_create(slug=row["slug"], defaults=values)
        report.note(Employer, created)
    for row in read_csv(folder / "replies.csv", REPLY_COLUMNS):
        report.note(CannedReply, load_reply(row))
    known = set(Posting.objects.filter(source=SOURCE).values_list("source_ref", flat=True))
    for row in read_csv(folder / "postings.csv", POSTING_COLUMNS):
        if row["ref"] not in known:
            load_posting(row)
        report.note(Posting, row["ref"] not in known)


def load_reply(row):
    """Returns whether the reply is new; replies are identified by their title."""
    if CannedReply.objects.filter(title=row["title"]).exists():
        return False
    reply = CannedReply(**{name: row[name] for name in REPLY_COLUMNS})
    reply.full_clean()
    reply.save()
    return True


def load_template(path):
    """Returns whether the template is new: a role that has a house template keeps it."""
    meta, body = read_front_matter(path)
    role = Role.objects.get(slug=path.stem)
    if role.templates.house().exists():
        return False
    skills = named_skills(meta.pop("skills"), path.name)
    placeholders = [read_placeholder(entry, path.name) for entry in meta.pop("blanks", [])]
    template = PostingTemplate(role=role, **meta)
    for field, text in split_sections(body):
        if field not in PostingText.TEXT_FIELDS:
            raise FileError(f"{path.name}: a posting has no text field “{field}”")
        setattr(template, field, text)
    try:
        save_template(template, by=None, placeholders=placeholders)
    except ValidationError as error:
        raise FileError(f"{path.name}: {' '.join(error.messages)}") from error
    template.skills.set(skills)
    return True


def read_placeholder(entry, file):
    if unknown := set(entry) - {"name", "label", "example", "required"}:
        raise FileError(f"{file}: a placeholder has no {', '.join(sorted(unknown))}")
    return TemplateBlank(
        name=entry["name"],
        label=entry.get("label", ""),
        example=entry.get("example", ""),
        is_required=entry.get("required", False),
    )


def named_skills(names, file):
    skills = list(Skill.objects.filter(name__in=names))
    if missing := set(names) - {skill.name for skill in skills}:
        raise FileError(f"{file}: not in skills.csv: {', '.join(sorted(missing))}")
    return skills


def load_posting(row):
    template = PostingTemplate.objects.house().select_related("role").get(role__slug=row["role"])
    posting = build_posting(
        template=template,
        employer=Employer.objects.get(slug=row["employer"]),
        title=row["title"] or template.title,
        terms={name: row[name] or None for name in TERMS},
        places=[place_of(entry) for entry in split_list(row["places"])],
        remote_countries=split_list(row["remote_countries"]),
        pay=pay_of(row),
        closes_on=day_in(row["closes_in_days"]),
        time_zone=row["time_zone"],
        placeholder_values={"team": row["team"], "product": row["product"]},
        by=None,
    )
    posting.apply_url, posting.apply_email = row["apply_url"], row["apply_email"]
    posting.source, posting.source_ref = SOURCE, row["ref"]
    opened_at = timezone.now() - timedelta(days=int(row["opened_days_ago"] or 0))
    if row["state"] not in ("draft", "in_review"):
        posting.publish_at = opened_at
    posting.full_clean()
    posting.save()
    if row["skills"]:
        posting.skills.set(named_skills(split_list(row["skills"]), "postings.csv"))
    bring_to_state(posting, row["state"], opened_at)
    keep_findings(posting)


def bring_to_state(posting, state, opened_at):
    if state == "in_review":
        submit(posting, by=None)
    if state in ("published", "filled", "withdrawn"):
        publish(posting, by=None, at=min(opened_at, timezone.now()))
    if state == "filled":
        fill(posting, by=None)
    if state == "withdrawn":
        withdraw(posting, by=None)


def place_of(entry):
    """'DE/DE-BE/Berlin' -> country, subdivision, city."""
    country, subdivision, city = (part.strip() for part in entry.split("/"))
    return {"country": country, "subdivision": subdivision, "city": city}


def pay_of(row):
    low, high = (Decimal(row[name]) if row[name] else None for name in ("pay_min", "pay_max"))
    return Pay(low, high, row["currency"], row["period"]) if row["currency"] else None


def day_in(days):
    return timezone.localdate() + timedelta(days=int(days)) if days else None
