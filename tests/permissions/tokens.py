"""Words that stand nowhere else, each in one private field of region A, and who may ever read them."""

from wagtail.models import TaskState

from spaces.models import SpaceHost

from .who import IN_IT, KEEPS_IT, LEADS_IT, REVIEWS, STAFF, WORKERS, Who

ITS_HOST = Who.of(a="host")
MAY_READ = {
    "secret-story-aland": IN_IT,  # titles and summaries of drafts
    "secret-own-story-aland": IN_IT,
    "secret-handed-in-aland": IN_IT,
    "secret-file-aland": Who.of(a="ambassador_a"),  # a file of spaces, and what stands in it
    "secret-row-aland": Who.of(a="ambassador_a"),
    "secret-body-aland": KEEPS_IT,  # what stands in a draft
    "secret-space-aland": IN_IT,  # records that nobody has made public yet
    "secret-address-aland": IN_IT,
    "secret-event-aland": IN_IT,
    "secret-candidate-aland": IN_IT,  # who shall be appointed
    "secret-host-aland@example.org": KEEPS_IT,  # the address of a host
    "secret-submission-aland": LEADS_IT,  # what somebody sent in, and who
    "secret-sender-aland@example.org": LEADS_IT,
    "secret-name-aland": LEADS_IT,
    "unconfirmed-aland@example.org": STAFF,  # only as the receiver of a letter, in the list of mail
    "secret-request-aland": LEADS_IT | ITS_HOST,  # what somebody asks for
    "secret-needs-aland": LEADS_IT | ITS_HOST,
    "secret-asker-aland": LEADS_IT | ITS_HOST,  # the name; the address below is not the host's before they accept
    "secret-asker-aland@example.org": LEADS_IT,
    "secret-note-aland": LEADS_IT,  # what the region's team notes for itself
    "secret-guest-aland@example.org": LEADS_IT | ITS_HOST,  # who is promised the space
    "secret-lost-aland": LEADS_IT | ITS_HOST,
    "secret-loser-aland@example.org": LEADS_IT,  # whom the host has left
    "unconfirmed-asker-aland@example.org": STAFF,
    "secret-attendee-aland": KEEPS_IT,  # who comes: by the link to the list at the door
    "secret-attendee-aland@example.org": STAFF,  # only as the receiver of letters
    "unconfirmed-attendee-aland@example.org": STAFF,
    "secret-trained-aland": LEADS_IT,  # who was at a training
    "secret-trained-aland@example.org": LEADS_IT,
    "secret-calendar-aland": Who.of(a="ambassador_a"),  # a calendar, and what stands in it
    "secret-entry-aland": Who.of(a="ambassador_a"),
    "secret-rent-aland": LEADS_IT,
    "secret-picture-aland": IN_IT,
    "secret-document-aland": KEEPS_IT,
    "secret-comment-aland": KEEPS_IT | Who.of(a="contributor"),  # what a moderator wrote to the author
    "secret-reason-aland": LEADS_IT,  # why somebody has a role
    "secret-member-aland@example.org": STAFF,  # addresses of accounts
    "secret-invited-aland@example.org": LEADS_IT,
    "secret-helper-aland": LEADS_IT | REVIEWS,  # who offers to translate, and their address
    "secret-problem-aland": LEADS_IT,  # what a reader reports, and the address for the answer
    "secret-reporter-aland@example.org": LEADS_IT,
    "secret-revoked-aland": IN_IT,  # why an award was revoked
    "secret-behind-password-aland": WORKERS,  # a title in the chooser; nothing for readers
    "secret-region-planned": STAFF,
    "secret-announcement": STAFF,
    "secret-reader@example.org": STAFF,  # to whom the portal wrote, and what
    "secret-subject": STAFF,
    "secret-letter": STAFF,
    "contributor@example.org": STAFF | Who.of(a="contributor"),
    "ambassador_b@example.org": STAFF | Who.of(a="ambassador_b"),
}


def plant(world):
    """What `world` does not say already."""
    a = world.a
    type(a.draft_space).objects.filter(pk=a.draft_space.pk).update(address="secret-address-aland")
    a.draft_story.body = [("quote", {"text": "secret-body-aland", "source": ""})]
    a.draft_story.save_revision()
    TaskState.objects.filter(pk=a.task_state.pk).update(comment="secret-comment-aland")
    assert SpaceHost.objects.filter(email="secret-host-aland@example.org").exists()


def read_in(text):
    """The words of the table that a text holds."""
    text = text.lower()
    return {token for token in MAY_READ if token in text}
