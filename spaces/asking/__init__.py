"""Asking for a space, answering, and what becomes of it: forms, pages behind signed links, letters. See docs/requests.md."""
