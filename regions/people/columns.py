"""The columns of the lists, and what can be done with a line."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, TitleColumn
from wagtail.admin.widgets.button import Button, ButtonWithDropdown

from portal.permissions import oversees

from .scope import may_change


class WhoColumn(ButtonsColumnMixin, TitleColumn):
    """Whom a line is about, and what can be done."""

    cell_template_name = "regions/people/who_cell.html"

    def __init__(self, name, get_acts, get_note=None, **kwargs):
        super().__init__(name, **kwargs)
        self.get_acts, self.get_note = get_acts, get_note

    def get_cell_context_data(self, instance, parent_context):
        note = self.get_note(instance) if self.get_note else ""
        return {**super().get_cell_context_data(instance, parent_context), "note": note}

    def get_buttons(self, instance, parent_context):
        acts = self.get_acts(instance)
        if not acts:
            return []
        label = _("What can be done: %(who)s") % {"who": self.get_value(instance)}
        return [ButtonWithDropdown(buttons=acts, icon_name="dots-horizontal", attrs={"aria-label": label})]


class WordsColumn(Column):
    """A value with a quieter line below it."""

    cell_template_name = "regions/people/words_cell.html"

    def __init__(self, name, get_note=None, **kwargs):
        super().__init__(name, **kwargs)
        self.get_note = get_note

    def get_cell_context_data(self, instance, parent_context):
        note = self.get_note(instance) if self.get_note else ""
        return {**super().get_cell_context_data(instance, parent_context), "note": note}


class DayColumn(Column):
    cell_template_name = "regions/people/day_cell.html"


def name_of(person):
    """Never the address, which is only for staff to see."""
    return person.get_full_name() or _("no name given") if person else ""


def act(label, name, obj, icon):
    return Button(label, url=reverse(f"people:{name}", args=[obj.pk]), icon_name=icon)


def acts_on_membership(user, membership):
    if not may_change(user, membership):
        return []
    return [
        act(_("Change the last day"), "last_day", membership, "calendar"),
        act(_("End this role"), "end", membership, "cross"),
    ]


def acts_on_invitation(user, invitation):
    if not invitation.team.may_be_granted_by(user):
        return []
    return [act(_("Send it again"), "renew", invitation, "mail"), act(_("Withdraw"), "withdraw", invitation, "cross")]


def place_of(row):
    return ", ".join(row.team.place_names()) or _("All regions")


def place_columns():
    return [
        Column("role", label=_("Role"), accessor="team.get_role_display", sort_key="team__role"),
        Column("place", label=_("Where"), accessor=place_of, sort_key="team__region__name"),
    ]


def people_columns(user):
    return [
        WhoColumn(
            "person",
            label=_("Person"),
            accessor=lambda row: name_of(row.person),
            get_acts=lambda row: acts_on_membership(user, row),
            get_note=(lambda row: row.person.email) if oversees(user) else None,
            sort_key="person__last_name",
        ),
        *place_columns(),
        DayColumn("granted_at", label=_("Since"), sort_key="granted_at"),
        DayColumn("until", label=_("Until"), sort_key="until"),
        WordsColumn(
            "granted_by",
            label=_("Given by, and why"),
            accessor=lambda row: name_of(row.granted_by),
            get_note=lambda row: row.reason,
        ),
    ]


def invitation_columns(user, is_sortable=True):
    columns = [
        WhoColumn("email", label=_("E-mail address"), get_acts=lambda row: acts_on_invitation(user, row)),
        *place_columns(),
        DayColumn("expires", label=_("To be answered until"), sort_key="expires"),
        Column("status", label=_("How it is"), accessor="status.label"),
        WordsColumn(
            "invited_by",
            label=_("Invited by, and why"),
            accessor=lambda row: name_of(row.invited_by),
            get_note=lambda row: row.reason,
        ),
    ]
    for column in columns:
        column.sort_key = column.sort_key if is_sortable else None
    return columns
