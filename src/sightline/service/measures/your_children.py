"""The children a person may open, with what is open with each; those not seen within the standard first."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.service.accounts.policies import BREAK_GLASS, OPEN_CHILDREN
from sightline.service.audit.record import viewed_children
from sightline.service.measures.child_references import reference_of
from sightline.service.measures.children_behind import PAGE, page_number
from sightline.service.measures.looking import Look, looks
from sightline.service.measures.parted import hidden_in
from sightline.service.measures.reading import OpenWork


@dataclass
class OpenChild:
    """A child with what is open, and the lists of children not seen that they are on."""

    child_id: str
    work: list[OpenWork] = field(default_factory=list)
    not_seen: list[str] = field(default_factory=list)
    days: int = 0

    @property
    def reference(self) -> str:
        """How an address names the child."""
        return reference_of(self.child_id)


@looks
def your_children(request: HttpRequest, look: Look) -> HttpResponse:
    """List the children of a person's remit with open work, those not seen longest first."""
    remit = OPEN_CHILDREN.remit(look.person)
    by_child: dict[str, list[OpenWork]] = defaultdict(list)
    for work in look.reading.open_work(remit):
        by_child[work.child_id].append(work)
    with transaction.atomic():
        hidden = hidden_in(look.reading, look.person)
        found = {
            child: OpenChild(child, work) for child, work in by_child.items() if child not in hidden
        }
        for each in look.reading.unseen():
            for unseen in each.children:
                if child := found.get(unseen.child_id):
                    child.not_seen.append(each.title)
                    child.days = max(child.days, unseen.days)
        in_order = sorted(found.values(), key=lambda each: (-each.days, each.child_id))
        page = Paginator(in_order, PAGE).get_page(page_number(request))
        viewed_children("your children", [child.child_id for child in page])
    return render(
        request,
        "measures/your_children.html",
        {
            "look": look,
            "page": page,
            "total": len(in_order),
            "overdue": sum(1 for child in in_order if child.not_seen),
            "outside": 0,
            "restricted": len(by_child) - len(in_order),
            "may_break_glass": BREAK_GLASS.allows(look.person),
            "remit": remit,
        },
    )


your_children.policy = OPEN_CHILDREN
