"""An invented authority whose yearly totals follow a published series."""

from sightline.synthetic.returns import FORMATS, Written, invent

__all__ = ["FORMATS", "Written", "invent"]
