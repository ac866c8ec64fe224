"""What pages of several apps are made of."""

from django.http import HttpRequest, QueryDict


def columns(*heads: str) -> list[dict[str, str]]:
    """Give the columns of a table from their headings."""
    return [{"text": head} for head in heads]


def sent(request: HttpRequest) -> QueryDict | None:
    """Give what a form sent, for the form; None where the page is only opened."""
    return request.POST if request.method == "POST" else None
