"""Whether a posting names benefits. Who reports that it names none can only say that none was recognised."""

from .pay_in_text import PAY_WORDS
from .phrases import Phrases
from .shape import LIST_MARK

# Wherever they stand in the text. Words that may be part of the work, such as "equipment", count only under “Benefits”.
BENEFITS = Phrases((
    "benefit*", "perk*", "insurance*", "health care", "healthcare", "health plan*", "medical", "dental", "vision plan",
    "vision care", "sick pay", "sick leave", "sick days", "life assurance", "income protection", "hsa", "fsa", "401 k",
    "401k", "401(k)", "403 b", "403(b)", "pension*", "retirement", "superannuation", "provident fund", "gratuity", "rrsp",
    "isa", "company match", "pto", "vacation*", "holiday*", "annual leave", "days of leave", "days leave",
    "weeks of leave", "days off", "time off", "day off", "leave entitlement", "paid leave", "parental", "maternity",
    "paternity", "adoption leave", "family leave", "sabbatical*", "bereavement", "volunteering days", "learning budget*",
    "training budget*", "education budget*", "development budget*", "budget for books", "budget for courses",
    "budget for training", "budget for learning", "conference budget*", "paid conferences", "tuition", "study leave",
    "further training", "paid courses", "paid training", "language classes", "language course*", "choice of equipment",
    "equipment of your choice", "equipment you need", "equipment allowance", "equipment budget*", "laptop", "work phone",
    "company phone", "home office", "work from home", "working from home", "flexible hours", "flexible working",
    "flexitime", "flextime", "working time account", "four day week", "stock option*", "share option*", "stock plan",
    "share plan", "equity", "esop", "profit sharing", "bonus*", "commission*", "thirteenth salary", "13th salary",
    "overtime pay", "night supplement", "shift allowance", "allowance*", "stipend*", "reimburse*", "relocation support",
    "relocation package", "moving costs", "travel costs", "commut*", "transit pass", "public transport", "season ticket*",
    "job ticket", "railcard", "company car", "company bike", "bicycle", "cycle to work", "free parking", "parking space",
    "childcare", "child care", "nursery", "creche", "canteen", "free meals", "free lunch*", "meal voucher*",
    "lunch voucher*", "free food", "free fruit", "gym*", "fitness club*", "fitness studio*", "wellbeing", "well-being",
    "wellness", "employee assistance", "staff discount*", "employee discount*", "discounts for", "housing provided",
    "accommodation provided", "uniform provided",
))  # fmt: skip


def names_benefits(subject) -> bool:
    """By our words anywhere, or by any point listed under “Benefits” that is not the pay itself."""
    points = [line for field, line in subject.lines if field == "benefits" and LIST_MARK.match(line)]
    return bool(BENEFITS.hits(subject.text)) or any(not PAY_WORDS.search(point) for point in points)
