"""Examples of the letters that this app writes, with people who do not exist."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.mail_templates import MailTemplate
from portal.models import User

from .models import Ambassadorship, Invitation, Region, Role, Team, TranslationOffer

PEOPLE, DRAFTS, LANGUAGES = _("People"), _("Drafts"), _("Languages")


def amina():
    return User(first_name="Amina", last_name="Otieno", email="amina@example.org")


def kenya():
    return Region(name="Kenya", language="en")


def team():
    return Team(role=Role.EDITOR, region=kenya())


def invitation():
    reason = "You have kept the notes of every meeting since March."
    expires = timezone.now() + timedelta(days=30)
    return Invitation(team=team(), email="wei@example.org", reason=reason, expires=expires)


def an_invitation():
    url = "/en/invitation/an-example/"
    return {"invitation": invitation(), "team": team(), "inviter": "Amina Otieno", "url": url}


def an_invitation_declined():
    return {"invitation": invitation(), "team": team(), "person": amina(), "people_url": "/admin/people/invite/"}


def a_draft():
    wei = User(first_name="Wei", last_name="Lin", email="wei@example.org")
    title = "An evening of maps in Kisumu"
    return {"person": amina(), "writer": wei, "title": title, "region": kenya(), "url": "/admin/pages/17/edit/"}


def a_letter():
    term = Ambassadorship(person=amina(), region=kenya())
    return {
        "sender": "Joana",
        "email": "joana@example.org",
        "text": "Hello Amina,\n\nwe are twelve people in Eldoret and would like to meet once a month. Whom should we ask?",
        "ambassador": term,
        "addressed_to": term,
        "language": "en",
    }


def an_offer():
    offer = TranslationOffer(name="Wei Lin", email="wei@example.org", language="fr", region=kenya(), reads_in="en")
    words = "At the moment we have nobody who could read what you write. Please ask again in spring."
    return {"offer": offer, "words": words, "url": "/en/translate/an-example/"}


def a_translation():
    comment = "“Salle” says it better than “espace” here."
    title = "An evening of maps in Kisumu"
    return {"title": title, "code": "fr", "by": "Amina Otieno", "comment": comment, "url": "/fr/stories/une-soiree/"}


def letters():
    """For `register_mail_templates`."""
    return [
        MailTemplate("invitation", _("An invitation to take on a role"), an_invitation, PEOPLE, order=20),
        MailTemplate("invitation_declined", _("An invitation was declined"), an_invitation_declined, PEOPLE, order=20),
        MailTemplate("letter_to_ambassador", _("A letter to an ambassador"), a_letter, PEOPLE, order=20),
        MailTemplate("draft_submitted", _("A draft waits for you"), a_draft, DRAFTS, order=30),
        MailTemplate("translation_offer_confirm", _("To confirm an offer to translate"), an_offer, LANGUAGES, order=40),
        MailTemplate("translation_offered", _("Somebody offers to translate"), an_offer, LANGUAGES, order=40),
        MailTemplate("translation_offer_declined", _("An offer to translate was declined"), an_offer, LANGUAGES, order=40),
        MailTemplate("translation_sent_back", _("A translation was sent back"), a_translation, LANGUAGES, order=40),
        MailTemplate("translation_published", _("A translation was published"), a_translation, LANGUAGES, order=40),
    ]
