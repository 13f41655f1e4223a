from django.db import models
from django.db.models.functions import Cast
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, Workflow, WorkflowPage, WorkflowTask
from wagtail.signals import task_submitted

from portal.mail import queue_mail
from portal.permissions import PAGES, oversees
from regions.permissions import PAGE_ACTIONS

from .memberships import Membership
from .pages import RegionPage

NAME = "Moderation"


class ModerationTask(Task):
    """A draft waits until somebody who publishes in its region has looked at it."""

    class Meta:
        verbose_name = _("moderation by the region")
        verbose_name_plural = _("moderations by the region")

    def moderates(self, user, page):
        return page.permissions_for_user(user).can_publish()

    def user_can_access_editor(self, obj, user):
        return self.moderates(user, obj)

    def locked_for_user(self, obj, user):
        """While others read it, the text stays as it was sent."""
        return not self.moderates(user, obj)

    def user_can_lock(self, obj, user):
        return self.moderates(user, obj)

    def user_can_unlock(self, obj, user):
        return False

    def get_actions(self, obj, user):
        if not self.moderates(user, obj):
            return []
        return [
            ("reject", _("Send back with a comment"), True),
            ("approve", _("Approve and publish"), False),
        ]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if oversees(user):
            return waiting
        pages = PAGES.instances_user_has_permission_for(user, "publish").annotate(key=Cast("pk", models.CharField()))
        return waiting.filter(workflow_state__object_id__in=pages.values("key"))

    @classmethod
    def get_description(cls):
        return _("Whoever publishes in the page's region approves it or sends it back")


def ensure_moderation():
    """Every page of the portal goes through its region's hands. Run again, it changes nothing."""
    task = ModerationTask.objects.filter(active=True).first() or ModerationTask.objects.create(name=NAME)
    workflow = Workflow.objects.filter(workflow_tasks__task=task).first() or Workflow.objects.create(name=NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    root = Page.get_first_root_node()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    return workflow


def region_of(page):
    """The region below whose page a page stands, or None."""
    region_page = RegionPage.objects.ancestor_of(page, inclusive=True).select_related("region").first()
    return region_page.region if region_page else None


def moderators_of(region):
    """The people who publish in a region."""
    roles = [role for role, actions in PAGE_ACTIONS.items() if "publish" in actions]
    running = Membership.objects.running().filter(team__region=region, team__role__in=roles, person__is_active=True)
    return {membership.person for membership in running.select_related("person")}


@receiver(task_submitted)
def tell_the_moderators(sender, instance, user, **kwargs):
    """A letter to those who publish in the region. Drafts outside of regions are staff's, who see them on their desk."""
    page = instance.workflow_state.content_object
    region = region_of(page) if isinstance(instance.task.specific, ModerationTask) else None
    if region is None:
        return
    for person in sorted(moderators_of(region) - {user}, key=lambda each: each.pk):
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        context = {"person": person, "writer": user, "title": page.get_admin_display_title(), "region": region, "url": url}
        queue_mail([person.email], "draft_submitted", context, person.language or region.language)
