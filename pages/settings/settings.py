"""设置: when the library was backed up, and a backup to take away."""

from __future__ import annotations

from form.language import _
from pages.parts.heading import heading, open_page
from pages.settings.backups import show_backups

open_page("settings")
heading(_("备份"), _("整个资料库连同原件做成一个文件，附每个文件的校验值；备份时可以照常使用。"))
show_backups()
