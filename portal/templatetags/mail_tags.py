"""For the screens about mail: words without keys, purposes in words, moments that are kept as text."""

from django import template
from django.utils.dateparse import parse_datetime

from portal.discretion import hide_keys
from portal.mail_templates import mail_template

register = template.Library()


@register.filter
def without_keys(text):
    return hide_keys(str(text))


@register.filter
def purpose_in_words(purpose):
    letter = mail_template(purpose)
    return letter.label if letter else purpose


@register.filter
def moment(text):
    return parse_datetime(text)
