from django.db import migrations

MAX_ATTEMPTS = 8


def keep_what_is_known(apps, schema_editor):
    """What was given up after its last attempt says so now by a date; the last error becomes the first entry of a list."""
    mails = apps.get_model("portal", "OutgoingMail").objects.all()
    for mail in mails.exclude(last_error="").iterator():
        mail.tries = [[mail.created_at.isoformat(timespec="seconds"), mail.last_error]]
        mail.save(update_fields=["tries"])
    for mail in mails.filter(sent_at=None, attempts__gte=MAX_ATTEMPTS).iterator():
        mail.given_up_at = mail.next_attempt_at
        mail.save(update_fields=["given_up_at"])


class Migration(migrations.Migration):
    dependencies = [("portal", "0005_mail")]
    operations = [migrations.RunPython(keep_what_is_known, migrations.RunPython.noop)]
