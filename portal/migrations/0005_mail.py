from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0004_submit"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="outgoingmail",
            name="mail_waiting",
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="claimed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="being sent since"),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="delivered_to",
            field=models.JSONField(blank=True, default=list, verbose_name="delivered to"),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="given_up_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="given up at"),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="needs_somebody",
            field=models.BooleanField(default=False, verbose_name="needs somebody"),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="refused",
            field=models.JSONField(blank=True, default=list, verbose_name="refused for"),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="tries",
            field=models.JSONField(blank=True, default=list, verbose_name="what came of them"),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(
                condition=models.Q(("given_up_at", None), ("sent_at", None)), fields=["next_attempt_at"], name="mail_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(condition=models.Q(("needs_somebody", True)), fields=["created_at"], name="mail_needs_somebody"),
        ),
    ]
