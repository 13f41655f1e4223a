from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regions.viewsets import RegionalForm

WHEN = ("starts_at", "ends_at")


class EventForm(RegionalForm):
    """The hours of an event are typed by the clock on the wall of its place, wherever the writer sits."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial |= {name: getattr(self.instance, name).astimezone(self.instance.zone) for name in WHEN}
            self.initial |= {name: self.initial[name].replace(tzinfo=None) for name in WHEN}
        elif self.initial.get("region"):
            self.initial["timezone"] = self.fields["region"].queryset.get(pk=self.initial["region"]).timezone

    def clean(self):
        cleaned = super().clean()
        if "timezone" in cleaned:
            for name in set(WHEN) & set(cleaned):
                self.read_by_the_wall(cleaned, name, ZoneInfo(cleaned["timezone"]))
        return cleaned

    def read_by_the_wall(self, cleaned, name, zone):
        """Django has read the hour by the writer's clock; a clock that is put forward skips an hour."""
        typed = timezone.make_naive(cleaned[name])
        cleaned[name] = typed.replace(tzinfo=zone)
        if cleaned[name].astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != typed:
            self.add_error(name, ValidationError(_("This hour does not exist there: the clocks are put forward that night.")))
