"""The forms that anybody may fill in without signing in. What is known of a child is never shown here."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.gate import policy
from sightline.service.accounts.policies import ANYBODY
from sightline.service.api.limits import address_of, wait
from sightline.service.design.forms import PARTS
from sightline.service.frontdoor.actions import unsent
from sightline.service.frontdoor.models import ReferralForm, UnsentReferral
from sightline.service.frontdoor.queries.thresholds import form_on, guidance_on
from sightline.service.frontdoor.questions import (
    CHILDREN,
    MOST_CHILDREN,
    ChildFormSet,
    Page,
    PageForm,
    about_children,
    about_contact,
    pages_of,
)
from sightline.service.frontdoor.views.parts import FORM, is_key

BEGUN, PAGES, TRIES = 10, 60, 20
"""From one address within a minute: forms begun, pages sent, links that lead nowhere."""
_SENT = "referral_sent"


@require_http_methods(FORM)
@policy(ANYBODY)
def tell_us(request: HttpRequest) -> HttpResponse:
    """Begin the public's form."""
    return _begin(request, ReferralForm.For.PUBLIC)


@require_http_methods(FORM)
@policy(ANYBODY)
def refer(request: HttpRequest) -> HttpResponse:
    """Begin the professionals' form."""
    return _begin(request, ReferralForm.For.PROFESSIONAL)


def _begin(request: HttpRequest, whom: str) -> HttpResponse:
    today = timezone.localdate()
    form = form_on(whom, today)
    if request.method == "POST" and form is not None:
        if late := _wait(request, "referral-begun", BEGUN):
            return late
        return redirect("referral-page", unsent.begin_referral(form), 1)
    context = {
        "edition": form,
        "public": whom == ReferralForm.For.PUBLIC,
        "guidance": guidance_on(today),
        "kept_days": unsent.KEPT_DAYS,
    }
    return render(request, "frontdoor/begin.html", context)


def _wait(request: HttpRequest, kind: str, most: int) -> HttpResponse | None:
    seconds = wait(kind, address_of(request), most)
    if not seconds:
        return None
    answer = render(request, "frontdoor/too_often.html", {"seconds": seconds}, status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _find(request: HttpRequest, secret: str) -> UnsentReferral | HttpResponse:
    """Find what was typed, or answer that nothing is kept under the link; tries are counted."""
    found = unsent.unsent_of(secret)
    if found is not None:
        return found
    return _wait(request, "referral-unknown", TRIES) or render(
        request, "frontdoor/not_kept.html", {"kept_days": unsent.KEPT_DAYS}, status=404
    )


def _data(kept: UnsentReferral, number: int) -> QueryDict | None:
    """Give what was typed into a page, as it was sent; None where it was not sent yet."""
    fields: Mapping[str, list[str]] | None = kept.fields.get(str(number))
    if fields is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    return data


def _forms(page: Page, data: QueryDict | None) -> tuple[PageForm, Any]:
    children = ChildFormSet(data, prefix=CHILDREN) if page.has_children else None
    return PageForm(page, data), children


@require_http_methods(FORM)
@policy(ANYBODY)
def referral_page(request: HttpRequest, secret: str, number: int) -> HttpResponse:
    """Show a page of the form, and keep what is typed into it, right or not."""
    kept = _find(request, secret)
    if isinstance(kept, HttpResponse):
        return kept
    pages = pages_of(kept.form.questions)
    if not 1 <= number <= len(pages):
        return redirect("referral", secret)
    page = pages[number - 1]
    if request.method == "POST":
        if late := _wait(request, "referral-page", PAGES):
            return late
        if leads := _kept(request, kept, page, number):
            return redirect(leads)
        form, children = _forms(page, _data(kept, number))
        if form.is_valid() & (children is None or children.is_valid()):
            return redirect(_next(secret, number, len(pages)))
    else:
        # Judged only when it is sent: who comes back is not met by errors.
        form, children = _filled(page, _data(kept, number))
    context = {
        "page": page,
        "number": number,
        "pages": len(pages),
        "form": form,
        "children": children,
        "secret": secret,
        "public": kept.form.whom == ReferralForm.For.PUBLIC,
        "most": MOST_CHILDREN,
        "back": reverse("referral-page", args=[secret, number - 1]) if number > 1 else "",
        "wrong": _first_wrong(form, children),
    }
    return render(request, "frontdoor/referral.html", context)


def _kept(request: HttpRequest, kept: UnsentReferral, page: Page, number: int) -> str:
    """Keep what was sent; give where the button leads, where it is not the one that goes on."""
    sent, secret = request.POST.copy(), request.resolver_match.kwargs["secret"]  # type: ignore[union-attr]
    if page.has_children:
        _change_number(sent)
    fields = {
        name: values
        for name, values in sent.lists()
        if name in _names(page) or name.startswith(f"{CHILDREN}-")
    }
    unsent.keep_page(kept, number, fields)
    if "later" in sent:
        return reverse("referral", args=[secret])
    if "another" in sent:
        return f"{reverse('referral-page', args=[secret, number])}#another"
    return ""


def _next(secret: str, number: int, of: int) -> str:
    if number < of:
        return reverse("referral-page", args=[secret, number + 1])
    return reverse("referral-check", args=[secret])


def _names(page: Page) -> set[str]:
    return {
        name
        for part in page.parts
        for name in (part.code, *(f"{part.code}_{each}" for each in PARTS))
    }


def _change_number(sent: QueryDict) -> None:
    """Make room for one more child, where that is what the button asked for."""
    key = f"{CHILDREN}-TOTAL_FORMS"
    total = sent.get(key, "1")
    count = int(total) if total and is_key(total) else 1
    count += "another" in sent
    sent[key] = str(max(1, min(count, MOST_CHILDREN)))
    sent.setdefault(f"{CHILDREN}-INITIAL_FORMS", "0")


def _filled(page: Page, data: QueryDict | None) -> tuple[PageForm, Any]:
    form, children = _forms(page, None)
    if data is None:
        return form, children
    for name, field in form.fields.items():
        form.initial[name] = field.widget.value_from_datadict(data, {}, name)
    if page.has_children:
        count = int(data.get(f"{CHILDREN}-TOTAL_FORMS") or 1)
        blank = ChildFormSet(prefix=CHILDREN).empty_form
        initial = [
            {
                name: field.widget.value_from_datadict(data, {}, f"{CHILDREN}-{place}-{name}")
                for name, field in blank.fields.items()
            }
            for place in range(count)
        ]
        children = ChildFormSet(prefix=CHILDREN, initial=initial)
    return form, children


def _first_wrong(form: PageForm, children: Any) -> Any:
    """Give the form whose errors the page begins with."""
    if form.is_bound and form.errors:
        return form
    if children is not None and children.is_bound:
        return next((each for each in children if each.errors), None)
    return None


@require_safe
@policy(ANYBODY)
def referral(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the link by which what was typed is found again, and lead back to where one was."""
    kept = _find(request, secret)
    if isinstance(kept, HttpResponse):
        return kept
    pages = pages_of(kept.form.questions)
    done = max((int(number) for number in kept.fields), default=0)
    context = {
        "link": request.build_absolute_uri(reverse("referral", args=[secret])),
        "expires_at": kept.expires_at,
        "on": reverse("referral-page", args=[secret, max(1, min(done, len(pages)))]),
    }
    return render(request, "frontdoor/saved.html", context)


@require_http_methods(FORM)
@policy(ANYBODY)
def referral_check(request: HttpRequest, secret: str) -> HttpResponse:
    """Show all that was typed, and send it. A page that is not right yet is shown first."""
    kept = _find(request, secret)
    if isinstance(kept, HttpResponse):
        return kept
    pages = pages_of(kept.form.questions)
    cleaned: dict[str, Any] = {}
    children: list[dict[str, Any]] = []
    shown = []
    for number, page in enumerate(pages, start=1):
        form, of_children = _forms(page, _data(kept, number) or QueryDict())
        if not (form.is_valid() & (of_children is None or of_children.is_valid())):
            return redirect("referral-page", secret, number)
        cleaned |= form.cleaned_data
        if of_children is not None:
            children += about_children(of_children)
        shown.append(
            {
                "title": page.title,
                "href": reverse("referral-page", args=[secret, number]),
                "rows": _said(form),
                "children": children if page.has_children else [],
            }
        )
    if request.method == "POST":
        if late := _wait(request, "referral-sent", BEGUN):
            return late
        contact = unsent.send_referral(kept, about_contact(pages, cleaned), children)
        if contact is not None:
            request.session[_SENT] = contact.number
        return redirect("referral-sent")
    return render(request, "frontdoor/check.html", {"shown": shown, "secret": secret})


def _said(form: PageForm) -> list[dict[str, Any]]:
    rows = []
    for bound in form.visible_fields():
        value = form.cleaned_data.get(bound.name)
        choices = dict(getattr(bound.field, "choices", ())) if isinstance(value, str) else {}
        if isinstance(value, bool):
            value = "Yes" if value else "No"
        rows.append({"key": bound.label, "value": str(choices.get(value, value) or "Not said")})
    return rows


@require_safe
@policy(ANYBODY)
def referral_sent(request: HttpRequest) -> HttpResponse:
    """Say that it has arrived, under which number, and what comes next."""
    return render(request, "frontdoor/sent.html", {"number": request.session.get(_SENT, "")})
