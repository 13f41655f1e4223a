from tests.faults.conftest import _django_db_helper, database_url

__all__ = ["_django_db_helper", "database_url"]
