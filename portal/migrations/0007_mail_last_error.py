from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("portal", "0006_mail_history")]
    operations = [migrations.RemoveField(model_name="outgoingmail", name="last_error")]
