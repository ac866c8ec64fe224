"""What a browser may do with our pages: only what comes from us, nothing inline, in no frame."""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def content_policy(servers: Iterable[str] = ()) -> str:
    """Give the content security policy. Forms may end at these servers, those of single sign-on."""
    origins = [f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, servers)]
    form_action = " ".join(["'self'", *dict.fromkeys(origins)])
    return "; ".join((*_POLICY, f"form-action {form_action}"))


_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)


class ContentPolicyMiddleware:
    """Adds the content security policy, and keeps pages out of shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        self._policy = content_policy(each["settings"]["server_url"] for each in apps)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers."""
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", self._policy)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        # WhiteNoise answers for static files before this and sets its own.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response
