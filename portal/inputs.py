"""Inputs that a browser shows in its own way, for whatever language and device. A leaf."""

from django import forms


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class DayField(forms.DateField):
    """A day as the browser's calendar sends it (ISO 8601): `03/05/2027` is one day in London and another in New York."""

    widget = DayInput

    def __init__(self, **kwargs):
        super().__init__(**{"input_formats": ["%Y-%m-%d"], **kwargs})
