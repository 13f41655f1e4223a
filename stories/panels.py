from wagtail.admin.panels import FieldPanel


class WhichHourPanel(FieldPanel):
    """Asks which of two hours is meant, on the one night in the year on which there are two."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self):
            return super().is_shown() and self.form.asks_which_hour
