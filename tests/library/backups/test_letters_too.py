"""Letters that went out, and what the office set for them, are in a backup and come back."""

from datetime import date
from pathlib import Path

from library.backups.making import back_up
from library.backups.restoring import restore
from library.letters import Outgoing
from library.office import Settings
from library.store import Library


def test_letters_and_templates_come_back(tmp_path: Path) -> None:
    out, on = tmp_path / "backup.zip", date(2026, 1, 13)
    with Library(home=tmp_path / "home") as library:
        letter = Outgoing("remind", "乙县人民政府", 2025, on, None, "1号", b"please")
        (sent,) = library.letters.send([letter], None)
        library.letters.answered(sent.number, on, None, "函复", b"their words")
        library.office.set(Settings("甲市政务公开办"))
        library.office.keep_template("check", b"a template")
        found = back_up(library, out)
    assert found.originals == 0
    restore(out, tmp_path / "again")
    with Library(home=tmp_path / "again") as library:
        (kept,) = library.letters.all()
        assert library.letters.document(kept) == b"please"
        assert kept.returned is not None
        assert library.letter_files.get(kept.returned.document or "") == b"their words"
        assert library.office.settings.office == "甲市政务公开办"
        assert library.office.template("check") == b"a template"
        assert library.log.verify() == ()
