"""The rows of each record table, read from casework: one query a table, never one a child.

Each function gives rows as dictionaries of the columns that `sightline.records.casework` names; what is not
known is left out or empty. Children whose record is restricted are there as they are in any return: figures
count them, and lists are closed to whoever may not see them (`children.queries.hidden_from`).
"""

from collections.abc import Callable, Iterator

from sightline.service.feed.records import conferences, front_door, missing, need, people, referrals
from sightline.service.feed.records.numbers import Numbers
from sightline.service.feed.records.values import Row

ROWS: dict[str, Callable[[Numbers], Iterator[Row]]] = {
    "child": people.children,
    "disability": people.disabilities,
    "merged_number": people.merged_numbers,
    "contact": front_door.contacts,
    "information_request": front_door.information_requests,
    "referral": referrals.referrals,
    "assessment": referrals.assessments,
    "assessment_factor": referrals.assessment_factors,
    "section_47": conferences.enquiries,
    "conference": conferences.conferences,
    "conference_invitation": conferences.invitations,
    "cin_plan": need.plans,
    "cp_plan": conferences.plans,
    "core_group": conferences.core_groups,
    "cp_review": conferences.reviews,
    "visit": referrals.visits,
    "pre_proceedings": need.pre_proceedings,
    "missing_episode": missing.episodes,
    "allocation": referrals.allocations,
}
"""By record table: every one that casework fills."""
