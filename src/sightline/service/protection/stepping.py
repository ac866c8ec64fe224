"""From and to which work a child steps, up and down: what `stepped_from` and `stepped_to` hold."""

NEED_PLAN = "child in need plan"
PROTECTION_PLAN = "child protection plan"
CONFERENCE = "conference"
BEFORE_COURT = "pre-proceedings"
CARE = "care"
EARLY_HELP = "early_help"
UNIVERSAL = "universal"
OTHER = "other"

_WORDS = {EARLY_HELP: "early help", UNIVERSAL: "universal services", OTHER: "something else"}


def stepped_words(work: str) -> str:
    """Give the words for what a child stepped from or to; what has no words of its own is them."""
    return _WORDS.get(work, work)
