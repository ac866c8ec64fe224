"""Addresses of signing in: those of allauth that are used here, each by hand.

allauth's own list adds addresses of former versions, which nobody knows here.
"""

from allauth.socialaccount.providers.openid_connect import urls as openid_connect
from django.urls import URLPattern, URLResolver, include, path

from sightline.service.accounts.policies import ANYBODY, NOBODY, SIGNED_IN, Policy

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("allauth.account.urls")),
    path("second-step/", include("allauth.mfa.urls")),
    path("single/", include("allauth.socialaccount.urls")),
    *openid_connect.urlpatterns,
]

SIGN_IN_POLICIES: dict[str, Policy] = {
    **dict.fromkeys(
        (
            "account_login",
            "account_logout",
            "account_inactive",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
            "mfa_authenticate",
            "mfa_login_webauthn",
            "openid_connect_login",
            "openid_connect_callback",
            "socialaccount_login_cancelled",
            "socialaccount_login_error",
        ),
        ANYBODY,
    ),
    **dict.fromkeys(
        (
            "account_reauthenticate",
            "account_change_password",
            "account_set_password",
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_remove_webauthn",
            "mfa_edit_webauthn",
            "socialaccount_connections",
        ),
        SIGNED_IN,
    ),
    # allauth links to these by name, so they have to be there.
    **dict.fromkeys(
        (
            "account_signup",
            "account_email",
            "account_email_verification_sent",
            "account_confirm_email",
            "account_confirm_login_code",
            "socialaccount_signup",
        ),
        NOBODY,
    ),
}
"""The policy of each of these addresses, by name; one that is not here is refused to everybody."""

SET_UP = frozenset(
    name
    for name in SIGN_IN_POLICIES
    if name.startswith("mfa_") or name in ("account_logout", "account_reauthenticate")
)
"""What a person may reach who still has to set up the second step of signing in."""
