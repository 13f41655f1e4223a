import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("([^"]+)"\);\n')


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Static files with their hash in the name, compressed, kept for ever; imports between modules are followed.

    The stylesheet's parts become one file here, since a browser would fetch each import only after reading the last.
    """

    support_js_module_import_aggregation = True
    stylesheet = "css/portal.css"

    def post_process(self, paths, *args, **kwargs):
        if self.stylesheet in paths:
            self.join_stylesheet(paths)
        yield from super().post_process(paths, *args, **kwargs)

    def join_stylesheet(self, paths):
        storage, source = paths[self.stylesheet]
        with storage.open(source) as file:
            whole = IMPORT.sub(lambda found: self.part(paths, found[1]), file.read().decode())
        self.delete(self.stylesheet)
        self._save(self.stylesheet, ContentFile(whole.encode()))
        paths[self.stylesheet] = (self, self.stylesheet)

    def part(self, paths, name):
        storage, source = paths[f"css/{name}"]
        with storage.open(source) as file:
            return file.read().decode()
