"""Makes a demonstration's folder a deployment: the invented snapshot published, a person for each role."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sightline.service.config.environment import SERVICE_FILE
from sightline.store.snapshots import Snapshot

if TYPE_CHECKING:
    from sightline.service.accounts.demonstration import Places

Row = tuple[str, str, str]


def make_demonstration(folder: Path, progress: Callable[[str], None]) -> list[Row]:
    """Make the service of a demonstration's folder, where it is not made already.

    Give a row for each account: role, address, purpose. `DeploymentError` or `StoreError` if it cannot be.
    """
    from sightline.service.config import deployment  # noqa: PLC0415 - before Django is ready

    if not (folder / SERVICE_FILE).exists():
        deployment.write_private(
            folder / SERVICE_FILE,
            deployment.service_toml(
                {
                    "secret_key": deployment.new_secret(),
                    "allowed_hosts": ["127.0.0.1", "localhost"],
                    "https": False,
                    "demonstration": True,
                }
            ),
        )
        (folder / "uploads").mkdir(exist_ok=True, mode=0o700)
    progress("Making the service's database")
    deployment.use(folder, "demo")

    from sightline.service.accounts.demonstration import make_people, table  # noqa: PLC0415
    from sightline.service.config import prepare  # noqa: PLC0415 - these need Django to be ready
    from sightline.service.frontdoor.demonstration import make_week  # noqa: PLC0415
    from sightline.service.measures.models import Publication  # noqa: PLC0415
    from sightline.service.measures.reading import store  # noqa: PLC0415
    from sightline.service.missing.demonstration import make_missing  # noqa: PLC0415
    from sightline.service.protection.demonstration import (  # noqa: PLC0415
        make_cases,
        young_people,
    )
    from sightline.service.scrutiny.demonstration import make_scrutiny  # noqa: PLC0415

    prepare.migrate()
    current = store().current()
    people = make_people(places_of(current), progress)
    if not Publication.objects.exists():
        Publication.objects.create(snapshot=current.id)
    make_week(progress=progress)
    make_cases(progress=progress)
    make_missing(young_people(), people, progress=progress)
    make_scrutiny(progress)
    return table(people)


def places_of(snapshot: Snapshot) -> "Places":
    """Give where people of a demonstration work: the busiest team and worker of child protection."""
    from sightline.service.accounts.demonstration import Places  # noqa: PLC0415

    with snapshot.connect() as connection:
        teams = dict(
            connection.execute(
                "SELECT team, COALESCE(MODE(district), '') FROM ("
                "SELECT team, district FROM referral UNION ALL SELECT team, district FROM cp_plan "
                "UNION ALL SELECT team, district FROM care_episode) WHERE team IS NOT NULL "
                "GROUP BY team ORDER BY team"
            ).fetchall()
        )
        busiest = connection.execute(
            "SELECT district, team, worker FROM cp_plan WHERE end_date IS NULL AND team IS NOT NULL "
            "AND worker IS NOT NULL AND district IS NOT NULL GROUP BY ALL "
            "ORDER BY COUNT(*) DESC, district, team, worker LIMIT 1"
        ).fetchone()
        front_door = connection.execute(
            "SELECT team FROM referral WHERE team IS NOT NULL AND district = ? GROUP BY team "
            "ORDER BY COUNT(*) DESC, team LIMIT 1",
            [busiest[0] if busiest else ""],
        ).fetchone()
    if busiest is None or front_door is None:
        raise LookupError("The invented authority has no open child protection plan with a team.")
    district, team, worker = busiest
    return Places(teams, team, front_door[0], worker, district)
