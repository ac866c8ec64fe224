"""An invented authority whose yearly totals follow a published series."""

from sightline.synthetic.earlier import FORMATS
from sightline.synthetic.returns import Written, invent

__all__ = ["FORMATS", "Written", "invent"]
