import pytest
from django.db.models import Q
from django.test import Client
from service.scrutiny.public.council import SECRET, Council, plant_secrets
from service.scrutiny.public.test_nothing_private import _crawled
from sightline.service.scrutiny.models import *
from sightline.service.scrutiny.public import search, visible
pytestmark = pytest.mark.django_db

def q(*_): return Q()
M = {
 "meeting": ("_meeting", lambda path="": Q(**{f"{path}day__isnull": False})),
 "called": ("_called", lambda path="": Q(**{f"{path}state__in": ["called","open","held","cancelled","inquorate"]})),
 "called2": ("_called", lambda path="": Q(**{f"{path}called_at__isnull": False}) | Q(**{f"{path}state": "planned"})),
 "minuted": ("_minuted", q),
 "step": ("_step", q),
 "open_ask": ("_open_ask", q),
 "is_private": ("is_private", lambda item: False),
 "is_restricted": ("is_restricted", lambda ask: ask.privacy != "public"),
 "is_minuted": ("is_minuted", lambda m: True),
 "papers1": ("papers", lambda: Paper.objects.filter(item__in=visible.items(), published_at__isnull=False, privacy="public", item__privacy="public")),
 "packs": ("packs", lambda: Pack.objects.filter(visible._meeting("meeting__"), visible._called("meeting__"))),
 "replies": ("replies", lambda: Reply.objects.filter(visible._ask("ask__"), visible._open_ask("ask__"), published_at__isnull=False).order_by("-published_at")),
 "groups": ("groups", lambda: TaskGroup.objects.filter(committee__is_public=True)),
 "topics": ("topics", lambda: Topic.objects.all()),
 "topic_items": ("topic_items", lambda: visible.items()),
 "members": ("members", lambda: Member.objects.all()),
 "committees": ("committees", lambda: Committee.objects.all()),
 "nature": ("nature_of", lambda d: ("", d.nature)),
}
@pytest.mark.parametrize("name", M)
def test_found(name, council, make_person, monkeypatch):
    private = plant_secrets(council, make_person("analyst"))
    fn, new = M[name]
    monkeypatch.setattr(visible, fn, new)
    search.publish_all()
    answers = _crawled(Client())
    wrong = [a for a, r in answers.items() if r.status_code in (200,301) and SECRET in (r.content.decode(errors="replace")+str(r.headers)+a)]
    assert wrong, name
