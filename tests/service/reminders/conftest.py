"""The people and cases of the pathway."""

from service.protection.conftest import (
    agencies,
    chair,
    head,
    make_case,
    manager,
    other_manager,
    support,
    team,
    worker,
)

__all__ = [
    "agencies",
    "chair",
    "head",
    "make_case",
    "manager",
    "other_manager",
    "support",
    "team",
    "worker",
]
