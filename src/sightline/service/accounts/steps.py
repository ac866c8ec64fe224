"""Why a step is not taken. The messages are sentences for whoever tried."""


class StepError(Exception):
    """The step cannot be taken from where it stands now."""


class NotAllowedError(Exception):
    """Somebody may not take the step."""


class IncompleteError(Exception):
    """The step needs something that is not there; `field` is the name of it in a form, where it has one."""

    def __init__(self, said: str, field: str = "") -> None:
        super().__init__(said)
        self.field = field
