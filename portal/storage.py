from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Static files with their hash in the name, compressed, kept for ever; imports between modules are followed."""

    support_js_module_import_aggregation = True
