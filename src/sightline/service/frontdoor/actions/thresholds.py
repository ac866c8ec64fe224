"""The board keeps its levels of need and the referral forms: dated editions, none changed once used."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.versions import save_changes
from sightline.service.frontdoor.models import Contact, Guidance, Level, ReferralForm
from sightline.service.frontdoor.questions import QuestionError, pages_of
from sightline.service.frontdoor.seeds.reading import read

Levels = Iterable[Mapping[str, Any]]


def add_guidance(about: Mapping[str, Any], levels: Levels) -> Guidance:
    """Add an edition of the levels of need; `ValidationError` where another begins on the same day."""
    guidance = Guidance(**about)
    with transaction.atomic():
        guidance.full_clean()
        _not_in_the_past(guidance.starts)
        _need_end(guidance, None)
        guidance.save()
        _write_levels(guidance, levels)
    return guidance


def change_guidance(
    guidance: Guidance, version: int, changes: Mapping[str, Any], levels: Levels | None
) -> None:
    """Change an edition; its levels and first day only until it is in force or a contact was held to it.

    `ConflictError` where another did so meanwhile.
    """
    with transaction.atomic():
        given = {name: value for name, value in changes.items() if name not in kept_of(guidance)}
        if is_fixed(guidance):
            levels = None
        elif "starts" in given:
            _not_in_the_past(given["starts"])
        made = Guidance(**{**_as_is(guidance), **given})
        made.clean_fields(exclude=["id"])
        _need_end(made, guidance.ends)
        save_changes(guidance, version, given)
        if levels is not None:
            guidance.levels.all().delete()
            _write_levels(guidance, levels)


def is_fixed(guidance: Guidance) -> bool:
    """Whether an edition is in force already or has contacts held to it, so that its words stand."""
    return (
        guidance.starts <= timezone.localdate()
        or Contact.objects.filter(guidance=guidance).exists()
    )


def kept_of(guidance: Guidance) -> frozenset[str]:
    """Give the names of what stands of an edition: in force, it stays approved, and began when it did."""
    if not is_fixed(guidance):
        return frozenset()
    is_approved = guidance.approved is not None and guidance.approved <= timezone.localdate()
    return frozenset({"title", "edition", "starts", *(["approved"] if is_approved else [])})


def _need_end(made: Guidance, before: date | None) -> None:
    """Refuse an end before the start, or one that would have the past be without levels."""
    if made.ends is None:
        return
    if made.ends < made.starts:
        raise ValidationError({"ends": "The last day must not be before the first."})
    if made.ends != before and made.ends < timezone.localdate():
        raise ValidationError(
            {
                "ends": "The last day must not be before today: contacts of the past keep their edition."
            }
        )


def _as_is(guidance: Guidance) -> dict[str, Any]:
    return {field.attname: getattr(guidance, field.attname) for field in guidance._meta.fields}


def _write_levels(guidance: Guidance, levels: Levels) -> None:
    rows = [Level(guidance=guidance, **each) for each in levels]
    numbers = [row.number for row in rows]
    if not rows:
        raise ValidationError({NON_FIELD: "Give at least one level."})
    if len(set(numbers)) < len(numbers):
        raise ValidationError({NON_FIELD: "Two levels have the same number."})
    Level.objects.bulk_create(rows)


NON_FIELD = "__all__"


def _not_in_the_past(starts: date) -> None:
    if starts <= timezone.localdate():
        raise ValidationError(
            {
                "starts": "The first day must be after today: contacts of the past keep their edition."
            }
        )


def add_referral_form(
    whom: str, name: str, edition: str, starts: date, questions: list[dict[str, Any]]
) -> ReferralForm:
    """Add an edition of a referral form; `ValidationError` says which question cannot be used and why."""
    form = ReferralForm(whom=whom, name=name, edition=edition, starts=starts, questions=questions)
    with transaction.atomic():
        try:
            pages_of(questions)
        except QuestionError as error:
            raise ValidationError({"questions": str(error)}) from None
        _not_in_the_past(starts)
        form.full_clean()
        form.save()
    return form


def plant_forms() -> int:
    """Give a new service the forms it begins with; how many were missing. What is there stays."""
    with transaction.atomic():
        return sum(
            ReferralForm.objects.get_or_create(
                whom=each["whom"],
                starts=each["starts"],
                defaults={key: each[key] for key in ("name", "edition", "questions")},
            )[1]
            for each in read("forms")["form"]
        )


def plant_guidance() -> int:
    """Give a demonstration its levels of need; how many editions were missing."""
    made = 0
    with transaction.atomic():
        for each in read("guidance")["guidance"]:
            about = {**each, "published_to": "\n".join(each["published_to"])}
            guidance, new = Guidance.objects.get_or_create(
                starts=about.pop("starts"), defaults=about
            )
            made += new
            if new:
                _write_levels(guidance, read("guidance")["level"])
    return made
