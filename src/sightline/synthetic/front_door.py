"""Contacts and early help: what comes before a referral, and what may come instead of one."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from sightline.clocks.calendar import due
from sightline.synthetic.events import Child, Contact, EarlyHelp
from sightline.synthetic.people import Nursery
from sightline.synthetic.protection import first_day, last_day

_OTHER_CONTACTS = 0.65
"""Contacts that do not become a referral, for each referral."""
_EARLY_HELP = 0.32
"""Early help assessments for each referral; no count is published."""
_LONGEST_HELP = 240
"""Days that early help lasts at most."""
_NEW = 0.3
"""Share of children of such contacts, and in early help, who are not known otherwise."""
_SOURCES = {
    "6": 36,
    "2A": 16,
    "3B": 7,
    "3E": 6,
    "1A": 7,
    "5B": 8,
    "3A": 4,
    "4": 3,
    "8": 6,
    "9": 4,
    "7": 3,
}
ORGANISATIONS = {
    "Oakfield Primary School": 13, "Riverside Academy": 9, "Hillcrest High School": 8,
    "Little Acorns Nursery": 7, "Health Visiting Service": 14, "Meadow Children's Centre": 10,
    "Family Support Service": 18, "Positive Activities (commissioned)": 8,
    "Targeted Youth Support": 8, "Homestart (commissioned)": 5,
}  # fmt: skip
_REASONS = (
    "Parenting",
    "Behaviour",
    "Domestic abuse",
    "Parental mental health",
    "Attendance",
    "Housing",
)
_ENDINGS = {
    "Needs met (planned end)": 52, "Completed programme": 14, "Family withdrew": 17,
    "Stepped up to social care": 11, "Moved out of area": 6,
}  # fmt: skip


def contacts(
    nursery: Nursery, children: Sequence[Child], years: range, random: Random
) -> list[Contact]:
    """Invent the contacts of all years: one before each referral, and those that came to no more.

    One is dated on the last day of each year, so that files without a date of their own show to which
    day they run.
    """
    found: list[Contact] = []
    start, end = first_day(years[0]), last_day(years[-1])
    for child in children:
        for episode in child.episodes:
            if start <= episode.referral <= end:
                early = random.random() < 0.25
                day = due(episode.referral, -1) if early else episode.referral
                found.append(Contact(child, max(day, child.birth, start), episode.source, True))
    referrals = len(found)
    others = round(referrals * _OTHER_CONTACTS)
    span = (end - start).days
    days = [start + timedelta(days=random.randint(0, span)) for _ in range(others)]
    days += [last_day(year) for year in years]
    for day in days:
        source = random.choices(list(_SOURCES), list(_SOURCES.values()))[0]
        child = _someone(nursery, children, day, random)
        found.append(Contact(child, day, source, False, random.random() < 0.45))
    return _once_a_day(found)


def _once_a_day(found: Sequence[Contact]) -> list[Contact]:
    """Keep one contact a child and day, that which became a referral before any other."""
    kept: dict[tuple[date, str], Contact] = {}
    for contact in sorted(found, key=lambda each: (each.day, each.child.id, not each.referral)):
        kept.setdefault((contact.day, contact.child.id), contact)
    return list(kept.values())


def early_help(
    nursery: Nursery, children: Sequence[Child], years: range, random: Random
) -> list[EarlyHelp]:
    """Invent early help: for children stepped down from social care, referred later, or neither.

    What was going on when the first year began is there too, so that it is a year like the others.
    """
    start, end = first_day(years[0]), last_day(years[-1])
    before = start - timedelta(days=_LONGEST_HELP)
    referred = [
        episode
        for child in children
        for episode in child.episodes
        if start <= episode.referral <= end
    ]
    found: list[EarlyHelp] = []
    busy: dict[str, date] = {}
    ended = sorted(
        (episode.closure, episode.child.id, episode.child)
        for episode in referred
        if episode.reason == "RC8" and episode.closure and episode.child
    )
    stretched = (end - before).days / (end - start).days
    for _ in range(round(len(referred) * _EARLY_HELP * stretched)):
        day = before + timedelta(days=random.randint(0, (end - before).days))
        if ended and random.random() < 0.25:
            closed, _, child = random.choice(ended)
            day = closed + timedelta(days=random.randint(1, 20))
        else:
            child = _someone(nursery, children, day, random)
        finish = min(day + timedelta(days=random.randint(25, _LONGEST_HELP)), child.eighteen)
        if day > end or finish < max(start, day) or busy.get(child.id, date.min) >= day:
            continue
        busy[child.id] = finish
        ending = random.choices(list(_ENDINGS), list(_ENDINGS.values()))[0]
        organisation = random.choices(list(ORGANISATIONS), list(ORGANISATIONS.values()))[0]
        over = finish <= end
        found.append(
            EarlyHelp(
                child,
                day,
                finish if over else None,
                organisation,
                random.choice(_REASONS),
                ending if over else "",
            )
        )
    return sorted(found, key=lambda each: (each.start, each.child.id))


def _someone(nursery: Nursery, children: Sequence[Child], day: date, random: Random) -> Child:
    """Give a child who is under 18 on a day: one known otherwise, or a new one."""
    if random.random() >= _NEW:
        for _ in range(20):
            child = children[random.randrange(len(children))]
            if child.birth < day and child.eighteen > day:
                return child
    return nursery.child(day - timedelta(days=random.randint(40, 16 * 365)), day)
