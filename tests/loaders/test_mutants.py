"""Whatever is wrong with an archive or a package, there is a verdict with a name, and no fault."""

from collections.abc import Iterator
from pathlib import Path
from random import Random, SystemRandom

import pytest

from desk.files import described
from form.exchange import report_from_json, report_to_json
from loaders import ReadError, files_in, kind_of, read
from tests.loaders import mutants

SEED = SystemRandom().randrange(2**32)
MANY = 225


@pytest.fixture(scope="module")
def made() -> list[tuple[str, bytes]]:
    return [mutants.mutant(number, Random(f"{SEED}/{number}")) for number in range(MANY)]


def verdicts(data: bytes, name: str) -> Iterator[str]:
    for file in files_in(data, name):
        if file.error is not None:
            yield file.error.code
            continue
        kind_of(file.data, file.name)
        try:
            reports = read(file.data, file.name)
        except ReadError as error:
            yield error.code
            continue
        for report in reports:
            assert report_from_json(report_to_json(report)) == report
        yield "read"


def test_every_one_has_a_verdict_with_a_name(made: list[tuple[str, bytes]]) -> None:
    counted: dict[str, int] = {}
    for number, (name, data) in enumerate(made):
        try:
            found = list(verdicts(data, name))
        except Exception as error:
            raise AssertionError(f"seed {SEED}, mutant {number}") from error
        assert found, f"seed {SEED}, mutant {number}"
        for code in found:
            counted[code] = counted.get(code, 0) + 1
    # Some are still whole in what counts, and most are not: else nothing was tried.
    assert counted.get("read", 0) > MANY // 20, counted
    assert counted.get("damaged", 0) > MANY // 5, counted


def test_whoever_asks_has_an_answer_for_each(made: list[tuple[str, bytes]], tmp_path: Path) -> None:
    paths = []
    for name, data in made[::9]:
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    found = described(paths)
    answered = [next(p for p in paths if item["file"].startswith(str(p))) for item in found]
    assert list(dict.fromkeys(answered)) == paths, f"seed {SEED}"
    codes = {item["error"]["code"] for item in found if "error" in item}
    assert "crashed" not in codes, f"seed {SEED}"
