"""Child in need plans, and pre-proceedings."""

from collections.abc import Iterator

from django.db.models import Min, Q

from sightline.service.feed.records.numbers import Numbers
from sightline.service.feed.records.referrals import OF_REFERRAL, of_child, of_referral, whose
from sightline.service.feed.records.values import CHUNK, Row, day, flag
from sightline.service.protection.models import ChildInNeedPlan, CourtMeeting, PreProceedings


def plans(numbers: Numbers) -> Iterator[Row]:
    """Give each child in need plan."""
    rows = of_referral(ChildInNeedPlan.objects.all()).order_by("starts", "pk")
    for row in rows.values(*OF_REFERRAL, "starts", "ends").iterator(CHUNK):
        yield {
            **whose(numbers, row),
            "start_date": day(row["starts"]),
            "end_date": day(row["ends"]),
        }


def pre_proceedings(numbers: Numbers) -> Iterator[Row]:
    """Give each time of work before care proceedings."""
    words = dict(PreProceedings.Outcome.choices)
    with_parents = Q(meetings__kind=CourtMeeting.Kind.MEETING)
    met = Min("meetings__held_on", filter=with_parents)
    rows = of_referral(PreProceedings.objects.annotate(met=met))
    for row in (
        rows.order_by("decided_on", "pk")
        .values(
            *OF_REFERRAL,
            *("decided_on", "letter_on", "met", "outcome"),
            *("family_meeting_offered", "family_meeting_on", "outcome_on", "application_on"),
        )
        .iterator(CHUNK)
    ):
        yield {
            **of_child(numbers, row),
            "referral_date": day(row["began"]),
            "start_date": day(row["decided_on"]),
            "letter_date": day(row["letter_on"]),
            "family_meeting_offered": flag(row["family_meeting_offered"]),
            "family_meeting_held": flag(True if row["family_meeting_on"] else None),
            "first_meeting_date": day(row["met"]),
            "decision_date": day(row["outcome_on"]),
            "outcome": words.get(row["outcome"]),
            "court_date": day(row["application_on"]),
        }
