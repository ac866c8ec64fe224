"""Views a person saved, to return to."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sightline.service.accounts.gate import policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import SEE_FIGURES
from sightline.service.measures.models import SavedView

MOST = 100


class SavedViewForm(forms.Form):
    """A name for a page."""

    name = forms.CharField(max_length=100, label="Name of the view")
    path = forms.CharField(max_length=1000, widget=forms.HiddenInput)

    def clean_path(self) -> str:
        """Refuse an address that is not one of ours."""
        path = str(self.cleaned_data["path"])
        if not path.startswith("/") or not url_has_allowed_host_and_scheme(
            path, allowed_hosts=None
        ):
            raise ValidationError("Only a page of this service can be saved.")
        return path


@policy(SEE_FIGURES)
def saved_views(request: HttpRequest) -> HttpResponse:
    """List what the person saved, and save a page."""
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 - the gate has let nobody else in
    form = SavedViewForm(request.POST or None, initial={"path": request.GET.get("path", "")})
    if request.method == "POST" and form.is_valid():
        if SavedView.objects.filter(person=person).count() >= MOST:
            form.add_error(None, f"You have {MOST} saved views. Remove one first.")
        else:
            SavedView.objects.update_or_create(
                person=person,
                name=form.cleaned_data["name"],
                defaults={"path": form.cleaned_data["path"]},
            )
            return redirect("saved-views")
    return render(
        request,
        "measures/saved_views.html",
        {
            "form": form if request.method == "POST" or request.GET.get("path") else None,
            "views": SavedView.objects.filter(person=person),
        },
    )


@policy(SEE_FIGURES)
@require_POST
def remove_view(request: HttpRequest, number: int) -> HttpResponse:
    """Remove one of the person's own saved views."""
    get_object_or_404(SavedView, pk=number, person=request.user).delete()
    return redirect("saved-views")
