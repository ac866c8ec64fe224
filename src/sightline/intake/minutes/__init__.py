"""Minutes of councils' meetings, read from text, PDF and the pages and XML of committee systems.

Each rendering becomes passages in reading order; one grammar then reads all of them. A field is filled by a
fixed form of words or of layout, and keeps the words and their place; what is doubtful is not guessed.
"""

from sightline.intake.minutes.record import Minutes
from sightline.intake.minutes.source import read, read_bytes

__all__ = ["Minutes", "read", "read_bytes"]
