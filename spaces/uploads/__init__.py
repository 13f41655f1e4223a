"""The screens on which a file of spaces is imported: upload, columns, preview, confirmation, report."""
