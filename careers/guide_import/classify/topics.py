"""Topics of an article's parts, and the section and kind of item of a guide that each belongs to."""

from enum import StrEnum

from careers.roles.models import Item, Section


class Topic(StrEnum):
    OVERVIEW = "overview"
    WORK = "what they do"
    TASKS = "typical tasks"
    DAY = "a day in the life"
    REQUIREMENTS = "qualifications and skills"
    TOOLS = "tools"
    PAY = "pay"
    OUTLOOK = "outlook"
    PATH = "career path"
    INDUSTRIES = "industries"
    CHALLENGES = "challenges"
    RESPONSES = "responses to challenges"
    KPIS = "KPIs"
    INTERVIEW = "interview questions"
    PROSPECTS = "why consider it"
    FUTURE = "the future"
    TIPS = "tips"
    SUMMARY = "summary"
    QUESTIONS = "questions and answers"
    RESOURCES = "resources"
    RELATED = "related articles"
    COMMENTS = "comments of readers"
    NEWSLETTER = "newsletter box"
    AUTHOR = "about the author"
    CONTENTS = "table of contents"
    SHARING = "share buttons"
    ADVERTISING = "advertisement"
    COOKIES = "cookie notice"


SECTION_KINDS: dict[Topic | None, Section.Kind] = {
    Topic.OVERVIEW: Section.Kind.OVERVIEW,
    Topic.WORK: Section.Kind.WORK,
    Topic.TASKS: Section.Kind.WORK,
    Topic.DAY: Section.Kind.DAY,
    Topic.REQUIREMENTS: Section.Kind.REQUIREMENTS,
    Topic.TOOLS: Section.Kind.TOOLS,
    Topic.PAY: Section.Kind.PAY,
    Topic.OUTLOOK: Section.Kind.OUTLOOK,
    Topic.PATH: Section.Kind.PATH,
    Topic.INDUSTRIES: Section.Kind.PATH,
    Topic.CHALLENGES: Section.Kind.CHALLENGES,
    Topic.RESPONSES: Section.Kind.CHALLENGES,
    Topic.KPIS: Section.Kind.KPIS,
    Topic.INTERVIEW: Section.Kind.INTERVIEW,
    Topic.PROSPECTS: Section.Kind.PROSPECTS,
    Topic.FUTURE: Section.Kind.FUTURE,
    Topic.TIPS: Section.Kind.TIPS,
    Topic.SUMMARY: Section.Kind.SUMMARY,
}
ITEM_KINDS: dict[Topic | None, Item.Kind] = {
    Topic.WORK: Item.Kind.RESPONSIBILITY,
    Topic.TASKS: Item.Kind.TASK,
    Topic.DAY: Item.Kind.DAY_ACTIVITY,
    Topic.REQUIREMENTS: Item.Kind.QUALIFICATION,
    Topic.CHALLENGES: Item.Kind.CHALLENGE,
    Topic.RESPONSES: Item.Kind.RESPONSE,
    Topic.KPIS: Item.Kind.KPI,
    Topic.INTERVIEW: Item.Kind.INTERVIEW_QUESTION,
    Topic.TIPS: Item.Kind.TIP,
}
# Parts of a page that do not belong to the article.
BOILERPLATE_TOPICS = frozenset({
    Topic.COMMENTS, Topic.NEWSLETTER, Topic.AUTHOR, Topic.CONTENTS, Topic.SHARING, Topic.ADVERTISING, Topic.COOKIES,
})  # fmt: skip
# Topics whose points are often small headings with a paragraph each.
POINT_TOPICS = frozenset({Topic.TIPS, Topic.CHALLENGES, Topic.RESPONSES, Topic.KPIS, Topic.INTERVIEW, Topic.DAY})
