"""The form of a new token."""

from django import forms

DAYS = ((30, "30 days"), (90, "90 days"), (180, "180 days"), (365, "365 days"))


class TokenForm(forms.Form):
    """What a token is for, and how long it is good."""

    name = forms.CharField(
        max_length=100,
        label="What is it for?",
        help_text="As “Power BI, performance report”, so that you know it again.",
        error_messages={"required": "Say what the token is for"},
    )
    days = forms.TypedChoiceField(
        choices=DAYS,
        coerce=int,
        initial=90,
        widget=forms.RadioSelect,
        label="How long is it good?",
        error_messages={"required": "Say how long the token is good"},
    )
