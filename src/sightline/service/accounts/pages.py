"""What pages of several apps are made of."""

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict


def add_errors(form: BaseForm, error: ValidationError) -> None:
    """Put what an action refuses at the fields it is about, or above the form where it has none of them."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, said in error.message_dict.items():
        form.add_error(name if name in form.fields else None, said)


def columns(*heads: str) -> list[dict[str, str]]:
    """Give the columns of a table from their headings."""
    return [{"text": head} for head in heads]


def sent(request: HttpRequest) -> QueryDict | None:
    """Give what a form sent, for the form; None where the page is only opened."""
    return request.POST if request.method == "POST" else None
