"""The design as a Django app, and the check that its styles are built."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register

from sightline.service.design.build import BUILT, FILES


class DesignConfig(AppConfig):
    """Templates, components, forms and error pages."""

    name = "sightline.service.design"
    label = "design"
    verbose_name = "Design"


@register()
def styles_are_built(app_configs: Sequence[AppConfig] | None, **more: Any) -> list[CheckMessage]:
    """Say so where the styles and scripts that pages link to have not been made."""
    missing = [name for name in FILES if not (BUILT / name).is_file()]
    if not missing:
        return []
    return [
        Warning(
            f"Pages will have no styles: {', '.join(missing)} not built.",
            hint="Run: python -m sightline.service.design.build",
            id="design.W001",
        )
    ]
