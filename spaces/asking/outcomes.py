"""How it went is asked once: the booking's questions, and those of what is planned there, in one form.

An app above registers a function by the hook `register_outcome_questions`: given the booking, what was posted and with
which files (or nothing), it returns a form, or nothing where it has no question. A form has `save(by)`, called when all
of them are in order.
"""

from wagtail import hooks


def added_questions(booking, data=None, files=None):
    asked = (ask(booking, data, files) for ask in hooks.get_hooks("register_outcome_questions"))
    return [form for form in asked if form is not None]
