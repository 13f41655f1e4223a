import posixpath
import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("([^"]+)"\)(?: layer\((\w+)\))?;\n')
RELATIVE = re.compile(r"url\((?!['\"]?(?:[#/]|data:))['\"]?([^'\")]+)['\"]?\)")


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Static files with their hash in the name, compressed, kept for ever; imports between modules are followed.

    A stylesheet's parts become one file here, since a browser would fetch each import only after reading the last.
    """

    support_js_module_import_aggregation = True
    stylesheets = ("css/portal.css", "css/map.css")

    def post_process(self, paths, *args, **kwargs):
        for name in self.stylesheets:
            if name in paths:
                self.join_stylesheet(paths, name)
        yield from super().post_process(paths, *args, **kwargs)

    def join_stylesheet(self, paths, name):
        storage, source = paths[name]
        with storage.open(source) as file:
            whole = IMPORT.sub(lambda found: self.part(paths, name, *found.groups()), file.read().decode())
        self.delete(name)
        self._save(name, ContentFile(whole.encode()))
        paths[name] = (self, name)

    def part(self, paths, whole, name, layer):
        """The text of an imported stylesheet, in its layer, with its pictures found from where it stands now."""
        folder = posixpath.dirname(whole)
        path = posixpath.normpath(posixpath.join(folder, name))
        storage, source = paths[path]
        with storage.open(source) as file:
            text = file.read().decode()
        home = posixpath.relpath(posixpath.dirname(path), folder)
        text = RELATIVE.sub(lambda found: f'url("{posixpath.join(home, found[1])}")', text)
        return f"@layer {layer} {{\n{text}}}\n" if layer else text
