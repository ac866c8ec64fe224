"""How allauth makes and finds people here: nobody signs themselves up."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect, resolve_url

from sightline.service.accounts.models import Person
from sightline.service.audit.record import refused


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """An administrator makes every account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody may sign themselves up."""
        return False

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": (
            "There were too many tries with a wrong password, so nobody can sign in with this address "
            f"for {settings.SIGN_IN_LOCKED_MINUTES} minutes, even with the right one. Wait, or ask for a "
            "new password."
        ),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Begin with the page of the role held longest that has one of its own; else where children stand."""
        person = request.user
        roles = person.roles if isinstance(person, Person) else ()
        own = (role.begins for role in roles if role.begins)
        return resolve_url(next(own, settings.LOGIN_REDIRECT_URL))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse, on record, an address or a machine that failed too often, whatever the password."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            refused(request, "sign in", str(credentials.get("email") or ""))
            raise

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Check the password of somebody signed in, by the address of their account."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_user_search_fields(self) -> list[str]:
        """What a person is found by."""
        return ["email", "name"]


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on opens the account of the same verified address, where there is one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody may sign themselves up."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse an address that nobody has an account for, in a sentence."""
        if sociallogin.is_existing:
            return
        addresses = {each.email.lower() for each in sociallogin.email_addresses if each.verified}
        if not Person.objects.filter(email__in=addresses, is_active=True).exists():
            messages.error(
                request,
                "You have no account here. Ask an administrator to make one with this address.",
            )
            raise ImmediateHttpResponse(redirect("account_login"))


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """How a person is named in an authenticator."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the service as the one the passkey is for."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Sightline"}
