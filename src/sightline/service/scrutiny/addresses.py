"""The short names by which things stand in addresses."""

from django.db import models
from django.utils.text import slugify


def free_slug(model: type[models.Model], name: str) -> str:
    """Give a short name for addresses that no row of a model has yet."""
    plain = slugify(name)[:70].strip("-") or "unnamed"
    taken = set(
        model._default_manager.filter(slug__startswith=plain).values_list("slug", flat=True)
    )
    return next(
        each
        for each in (plain, *(f"{plain}-{n}" for n in range(2, len(taken) + 3)))
        if each not in taken
    )
