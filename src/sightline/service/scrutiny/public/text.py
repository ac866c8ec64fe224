"""Text as all formats take it."""

_CONTROLS = dict.fromkeys(range(32)) | {9: " ", 10: "\n", 13: None}


def plain(*parts: str) -> str:
    """Give texts as paragraphs of one, without signs that no format shows and some refuse."""
    return "\n\n".join(filter(None, parts)).translate(_CONTROLS)
