"""How much is tried where there is too much to try in every run.

The mutants of the definitions and rules number thousands. A run tries every third, another third each day, so
that three days try them all. SIGHTLINE_THOROUGH=1 tries all at once: for whoever has changed a definition, a
rule or their examples.
"""

import os
from datetime import UTC, datetime

THOROUGH = os.environ.get("SIGHTLINE_THOROUGH") == "1"
PARTS = 3


def is_tried_today(number: int) -> bool:
    """Say whether the thing of this number is among those of today's run."""
    return THOROUGH or number % PARTS == datetime.now(UTC).toordinal() % PARTS
