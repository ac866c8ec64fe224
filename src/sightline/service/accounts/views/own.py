"""Pages about oneself: what one may do, how one signs in, and what one has typed and not sent."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from sightline.service.accounts import actions
from sightline.service.accounts.drafts import drafts_of, keep_from
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.pages import columns
from sightline.service.accounts.policies import SIGNED_IN, what_one_may
from sightline.service.accounts.views.parts import facts_of

A_PAGE = 25


@require_safe
@policy(SIGNED_IN)
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account."""
    person = asker(request)
    return render(
        request,
        "accounts/account.html",
        {
            "facts": facts_of(person),
            "may": what_one_may(person),
            "ways": _ways(person),
            "columns": columns("Form", "Saved", "Throw away"),
            "page": Paginator(drafts_of(person), A_PAGE).get_page(request.GET.get("page")),
        },
    )


def _ways(person: Person) -> list[dict[str, str]]:
    """List the ways a person signs in, each with where it is changed."""
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))

    def way(key: str, there: bool, change: str, begin: str = "") -> dict[str, str]:
        return {
            "key": key,
            "value": "Set up" if there else "Not set up",
            "href": reverse(change if there else begin or change),
            "action": "Change" if there else "Set up",
        }

    usable = person.has_usable_password()
    password = "account_change_password" if usable else "account_set_password"
    ways = [
        way("Password", usable, password),
        way(
            "Authenticator app", Authenticator.Type.TOTP in kinds, "mfa_index", "mfa_activate_totp"
        ),
        way(
            "Passkey", Authenticator.Type.WEBAUTHN in kinds, "mfa_list_webauthn", "mfa_add_webauthn"
        ),
    ]
    if kinds:  # there are none to have before
        codes = Authenticator.Type.RECOVERY_CODES in kinds
        ways.append(way("Recovery codes", codes, "mfa_index"))
    if settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        connected = SocialAccount.objects.filter(user=person).exists()
        ways.append(way("Single sign-on", connected, "socialaccount_connections"))
    return ways


@require_POST
@policy(SIGNED_IN)
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End one's sessions everywhere, this one too."""
    actions.sign_out_everywhere(asker(request))
    request.session.flush()
    messages.success(request, "You are signed out everywhere.")
    return redirect("account_login")


@require_POST
@policy(SIGNED_IN)
def save_draft(request: HttpRequest) -> HttpResponse:
    """Keep what is typed into a form: now and then as it is typed (htmx), or at the button."""
    draft = keep_from(request, asker(request))
    if getattr(request, "htmx", False):
        return render(request, "accounts/draft_saved.html", {"saved": draft})
    if draft is None or not url_has_allowed_host_and_scheme(draft.page, None):
        messages.error(request, "This form cannot be saved as a draft. Nothing was saved.")
        return redirect("account")
    messages.success(request, "The draft is saved. Only you can see it.")
    return redirect(draft.page)


@require_POST
@policy(SIGNED_IN)
def discard_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft of one's own away."""
    draft = get_object_or_404(drafts_of(asker(request)), pk=pk)
    actions.discard_draft(draft)
    messages.success(request, "The draft is thrown away.")
    return redirect("account")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was too old. What was sent is kept as a draft, where its form keeps drafts.

    `reason` is for the log, which Django writes. To keep a draft does no harm without the token: it is
    kept only for the person to whom this service showed the form, which it signed.
    """
    person = getattr(request, "ended_session_of", None) or request.user
    kept = keep_from(request, person) if isinstance(person, Person) else None
    return render(request, "403_csrf.html", {"kept": kept}, status=403)
