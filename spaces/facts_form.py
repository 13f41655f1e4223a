"""The form behind a space's facts in the workplace."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.models import Picture
from portal.permissions import things_to_point_at
from regions.viewsets import RegionalForm

from .models import Space
from .models.opening import check_days, check_week


class SpaceFactsForm(RegionalForm):
    """Checks the rows of a space together: hours that overlap, photos that are not the writer's to use."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.is_imported and self.instance.hosts.exists():
            self.leave_declarations_to_the_host()

    def leave_declarations_to_the_host(self):
        """They may come while this form is open: saved here, what it knew then would take them back."""
        for name in set(Space.DECLARATIONS) & set(self.fields):
            self.fields[name].disabled = True
            self.fields[name].help_text = _("Only its host declares this, by the link of the letter or with an account.")

    def is_valid(self):
        return super().is_valid() and all([*self.hours_are_apart()]) and self.photos_are_offered()

    def rows(self, name):
        """The rows of a part of the form that will stand in the record."""
        rows = self.formsets[name].forms if name in self.formsets else []
        return [row for row in rows if (row.instance.pk or row.has_changed()) and not row.cleaned_data.get("DELETE")]

    def hours_are_apart(self):
        for name, check in (("opening_hours", check_week), ("special_hours", check_days)):
            rows = self.rows(name)
            try:
                check([row.instance for row in rows])
            except ValidationError as error:
                rows[-1].add_error("opens", error)
                yield False

    def photos_are_offered(self):
        """The chooser shows only what one may use, but a form can be sent with any number in it."""
        chosen = [row for row in self.rows("photos") if "picture" in row.changed_data]
        offered = things_to_point_at(self.for_user, Picture).filter(pk__in=[row.cleaned_data["picture"].pk for row in chosen])
        allowed = set(offered.values_list("pk", flat=True))
        refused = [row for row in chosen if row.cleaned_data["picture"].pk not in allowed]
        for row in refused:
            row.add_error("picture", _("You may not use what you have chosen here."))
            row.data = row.data.copy()
            row.data[row.add_prefix("picture")] = ""  # its title is nobody's business
        return not refused
