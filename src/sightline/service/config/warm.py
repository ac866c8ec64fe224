"""`python -m sightline.service.config.warm`: what `serve` does before it serves.

It migrates where it is asked to, refuses a database that is not ready, ends loads whose work was
stopped, and computes the figures of the published snapshot, which are kept. What is wrong is one
sentence on standard output, exit code 1.
"""

import sys
from pathlib import Path

from sightline.service.config.deployment import use
from sightline.service.config.environment import DeploymentError, read_environment


def warm(*, migrating: bool) -> None:
    """Make a deployment ready. `DeploymentError` or `StoreError` says what is wrong."""
    use(Path(read_environment().home), "serve")
    from sightline.service.config import prepare  # noqa: PLC0415 - needs Django to be ready
    from sightline.service.measures.load_uploads import clear_files  # noqa: PLC0415
    from sightline.service.measures.loaded_snapshots import fail_interrupted  # noqa: PLC0415
    from sightline.service.measures.reading import current_reading  # noqa: PLC0415

    if migrating:
        prepare.migrate()
    prepare.need_ready()
    fail_interrupted()
    clear_files()
    reading = current_reading()
    if reading is not None:
        reading.warm()


if __name__ == "__main__":
    from sightline.store.snapshots import StoreError

    try:
        warm(migrating="--migrate" in sys.argv[1:])
    except (DeploymentError, StoreError) as error:
        print(error)
        sys.exit(1)
