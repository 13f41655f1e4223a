"""No two accepted bookings of a space overlap: the net below `Booking.objects.hold`, on PostgreSQL.

SQLite has no such constraint; there every transaction that writes waits for the one before (`transaction_mode` IMMEDIATE).
"""

from django.db import migrations

ADD = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE spaces_booking ADD CONSTRAINT no_two_in_one_room EXCLUDE USING gist (
    space_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&
) WHERE (status IN ('accepted', 'held', 'not_held'));
"""
REMOVE = "ALTER TABLE spaces_booking DROP CONSTRAINT no_two_in_one_room;"


def on_postgresql(sql):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return run


class Migration(migrations.Migration):
    dependencies = [("spaces", "0003_requests")]
    operations = [migrations.RunPython(on_postgresql(ADD), on_postgresql(REMOVE))]
