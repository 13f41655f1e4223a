from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_published

from portal.permissions import PagePermissions, oversees

from .pages import BasePage


class FacePermissions(PagePermissions):
    """A face is made, moved and closed by its record only, so nobody is offered to copy, move or (but for staff) delete it."""

    def can_copy(self):
        return False

    def can_copy_to(self, destination, recursive=False):
        return False

    def can_move(self):
        return False

    def can_move_to(self, destination):
        return False

    def can_delete(self, ignore_bulk=False):
        return oversees(self.user) and super().can_delete(ignore_bulk)

    def can_publish(self):
        return super().can_publish() and self.page.specific.record.may_be_shown


class Face(BasePage):
    """A page that shows a record in one language."""

    record_field = None  # the name of the foreign key to the record: "space"

    class Meta:
        abstract = True

    @property
    def record(self):
        return getattr(self, self.record_field)

    @property
    def changed_at(self):
        """Facts are public at once, without a publication of the page: both count."""
        return max(filter(None, [super().changed_at, self.record.updated_at]), default=None)

    @classmethod
    def can_create_at(cls, parent):
        return False  # the admin offers no "add"; the record's verbs call add_child

    def permissions_for_user(self, user):
        return FacePermissions(user, self)

    def follow_record(self):
        if self._state.adding:  # made, copied, aliased or translated
            self.translation_key = self.record.key
        elif self.translation_key != self.record.key:
            raise ValidationError(_("A page cannot change the record it shows."))
        self.slug = self.record.slug

    def full_clean(self, *args, **kwargs):
        self.follow_record()
        super().full_clean(*args, **kwargs)

    def save(self, *args, **kwargs):
        self.follow_record()  # drafts are saved without full_clean
        return super().save(*args, **kwargs)

    def with_content_json(self, content):
        """The row decides which record is shown, not an old or tampered revision."""
        page = super().with_content_json(content)
        setattr(page, f"{self.record_field}_id", getattr(self, f"{self.record_field}_id"))
        page.slug = self.slug
        return page

    def follow_slug(self, by=None):
        """Take the record's new address, in the row and in what is drafted."""
        if self.live and not self.has_unpublished_changes:
            self.save_revision(user=by).publish(user=by, skip_permission_checks=True)  # the address is no news
        else:
            self.save()


@receiver(page_published)
def what_may_not_be_shown_is_taken_down(sender, instance, **kwargs):
    """The net under every way to publish: the admin, wagtail-localize, a schedule, code.

    Never override `publish()` for this: the admin goes past it, and raising there ends `publish_scheduled` for everyone.
    """
    if isinstance(instance, Face) and not instance.record.may_be_shown:
        instance.take_down()
