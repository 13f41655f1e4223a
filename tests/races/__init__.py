"""Five hundred people want one room at once, through real server processes. `make races`."""
