"""Upload with Feidi, in the context menu of Nautilus, where python3-nautilus is installed."""

import locale
import subprocess

from gi.repository import GObject, Nautilus

PROGRAM = "/opt/Feidi/feidi"


class FeidiMenu(GObject.GObject, Nautilus.MenuProvider):
    # Before Nautilus 43 the window came first.
    def get_file_items(self, *args):
        files = args[-1]
        if not files or any(each.get_uri_scheme() != "file" for each in files):
            return []
        chinese = (locale.getlocale(locale.LC_MESSAGES)[0] or "").startswith("zh")
        label = "用飞递上传" if chinese else "Upload with Feidi"
        item = Nautilus.MenuItem(name="FeidiMenu::upload", label=label, icon="feidi")
        item.connect("activate", self.upload, files)
        return [item]

    def upload(self, _item, files):
        uris = [each.get_uri() for each in files]
        subprocess.Popen([PROGRAM, *uris], start_new_session=True)
