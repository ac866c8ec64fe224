"""People recorded twice, as happens: proposed as matches, for a manager to decide."""

from datetime import timedelta

from sightline.service.children import actions
from sightline.service.children.queries import find_people
from sightline.service.protection.invented.families import new_number
from sightline.service.protection.invented.making import Making, Place

_TWICE = (
    (("Annemarie", "Wolverley", 2900), ("Ann-Marie", "Wolverly", 2900)),
    (("Theo", "Chaddesley", 1500), ("Theodore", "Chaddesley", 1500)),
)
"""First names, last name and days since birth of the two records of one child."""


def invent_doubles(making: Making, place: Place) -> None:
    """Record two children twice, by different people, at one address."""
    for number, pair in enumerate(_TWICE):
        for by, (first_names, last_name, days) in zip(
            (making.officer, place.manager), pair, strict=True
        ):
            token = find_people(f"{first_names} {last_name}", by=by).token
            child = actions.record_person(
                search=token,
                by=by,
                number=new_number(making),
                first_names=first_names,
                last_name=last_name,
                born=making.today - timedelta(days=days),
                made_at=making.at(3),
            )
            actions.record_residence(
                child,
                lines=f"{number + 70} Invented Row",
                postcode="ZZ1 9AB",
                locality=place.locality,
                kind="home",
                starts=None,
            )
