"""The check of the tests, on a small package of its own: what it finds, what it calls killed, and what stops it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mutants.change import EMPTY_TREE, base_of, changed_lines
from mutants.operators import mutants

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="forks, limits and their signals are of Linux"
)

CHECK = Path(__file__).parent
SETTINGS = """
[tool.pytest.ini_options]
addopts = "-q"
[tool.mutants]
least_killed = 75
let_live = 2
most_equivalent = 6
source = "src/shop"
guarded = ["src/shop/till/*.py"]
[tool.mutants.rooms]
till = ["tests/till/test_*.py"]
"""
PRICES = """
LIMIT = 10


def price(pieces: int, each: int) -> int:
    if pieces > LIMIT:
        return pieces * each - 5
    return pieces * each


def stock(pieces: int) -> list[int]:
    left: list[int] = []
    while len(left) < pieces:
        left.append(pieces)
    return left
"""
TESTS = """
from shop.till.prices import price, stock


def test_few_cost_each():
    assert price(2, 3) == 6


def test_many_cost_less():
    assert price(20, 3) == 55


def test_pieces_are_counted():
    assert stock(3) == [3, 3, 3]
"""
AT_THE_LIMIT = """

def test_the_limit_itself():
    assert price(10, 3) == 30
    assert price(11, 3) == 28
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    for name, text in {
        "pyproject.toml": SETTINGS,
        "src/shop/__init__.py": "",
        "src/shop/till/__init__.py": "",
        "src/shop/till/prices.py": PRICES,
        "tests/till/test_prices.py": TESTS,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    git(root, "init", "-q", "-b", "main")
    commit(root)
    return root


def git(root: Path, *arguments: str, when: str = "2026-01-01T12:00:00Z") -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "PATH": "/usr/bin:/bin", "HOME": str(root)}
    done = subprocess.run(
        ["git", *who, "-C", str(root), *arguments], check=False, capture_output=True, text=True, env=dates
    )
    assert not done.returncode, done.stderr
    return done.stdout.strip()


def commit(root: Path, when: str = "2026-01-01T12:00:00Z") -> str:
    git(root, "add", "-A", when=when)
    git(root, "commit", "-q", "-m", "a step", when=when)
    return git(root, "rev-parse", "HEAD")


def check(root: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, str(CHECK), "--root", str(root), *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def listing(
    root: Path, change: str, line: str = "if pieces > LIMIT:", reason: str = "Nobody buys ten."
) -> None:
    path = root / "tests/mutants/equivalents.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f'[[mutant]]\nfile = "src/shop/till/prices.py"\nline = "{line}"\nchange = "{change}"\nreason = "{reason}"\n'
    )


def test_what_no_test_notices_is_found_what_one_does_is_killed_and_what_does_not_end_is_stopped(
    shop: Path,
) -> None:
    code, said = check(shop)
    survivors = said.partition("Survived:")[2]
    assert "src/shop/till/prices.py:6: pieces > LIMIT → pieces >= LIMIT  (2 tests)" in survivors
    assert "src/shop/till/prices.py:2: 10 → 11" in survivors
    assert "pieces * each → pieces / each" not in survivors
    assert "return left → return None" not in survivors
    row = next(line for line in said.splitlines() if line.startswith("till")).split()
    tried, killed, timed_out, lived = map(int, row[1:5])
    assert tried == killed + lived == len(mutants("", PRICES))
    assert timed_out == 1  # without left.append(pieces) it does not end
    assert code == 0


def test_a_test_at_the_limit_kills_what_lived(shop: Path) -> None:
    (shop / "tests/till/test_prices.py").write_text(TESTS + AT_THE_LIMIT)
    (shop / "src/shop/till/prices.py").write_text(PRICES.replace("LIMIT:", "LIMIT :"))
    code, said = check(shop, "--changed-since", "HEAD")
    assert code == 0
    assert "till  2      2" in said
    assert "Survived" not in said


def test_the_same_seed_tries_the_same_and_another_seed_others(shop: Path) -> None:
    from mutants.check import sampled
    from mutants.scope import scope_of

    scope = scope_of(shop)
    files: dict[str, set[int] | None] = {"src/shop/till/prices.py": None}
    once = sampled(scope, files, 5, 3)
    assert len(once) == 5
    assert sampled(scope, files, 5, 3) == once
    assert sampled(scope, files, 5, 4) != once
    assert sampled(scope, files, 3, 3) == once[:3]


def test_where_the_unchanged_program_fails_it_says_so_and_tries_nothing(shop: Path) -> None:
    prices = shop / "src/shop/till/prices.py"
    prices.write_text(PRICES.replace("- 5", "- 4"))
    code, said = check(shop, "--changed-since", "HEAD")
    assert code == 1
    assert "The program as it is fails tests/till/test_prices.py::test_many_cost_less" in said
    assert "killed" not in said


def test_only_the_lines_of_a_change_are_tried(shop: Path) -> None:
    prices = shop / "src/shop/till/prices.py"
    prices.write_text(PRICES.replace("- 5", "- (2 + 3)"))
    code, said = check(shop, "--changed-since", "HEAD", "--sample", "2")
    assert code == 0
    assert said.splitlines()[1].startswith("2 mutants in till")
    assert changed_lines(shop, "HEAD", ("src/shop/till/prices.py",)) == {"src/shop/till/prices.py": {7}}
    prices.write_text(PRICES)
    assert check(shop, "--changed-since", "HEAD")[1].splitlines()[1].startswith("0 mutants in no room")


def test_without_a_history_every_line_counts(shop: Path) -> None:
    (shop / ".git").rename(shop.parent / "history")
    code, said = check(shop, "--changed", "--sample", "1")
    assert code == 0
    assert said.startswith("No history here: every line counts as changed.\n1 mutants in till")


def test_what_is_reached_only_by_a_program_that_a_test_starts_is_tried_on_that_test(shop: Path) -> None:
    program = "import subprocess, sys\n\n\ndef test_the_program():\n    "
    program += (
        "call = [sys.executable, '-c', 'from shop.till.prices import stock; print(len(stock(3)))']\n    "
    )
    program += "assert subprocess.run(call, capture_output=True).stdout == b'3\\n'\n"
    (shop / "tests/till/test_prices.py").write_text(program)
    (shop / "src/shop/till/prices.py").write_text(PRICES.replace("return left", "return left[:10]"))
    code, said = check(shop, "--changed-since", "HEAD")
    assert code == 0
    assert "left[:10] → " not in said.partition("Survived:")[2].replace("10 → ", "")
    assert "no test reaches it" not in said
    assert "till  3      1" in said


def test_too_many_that_live_fail_it(shop: Path) -> None:
    (shop / "tests/till/test_prices.py").write_text(
        "import shop.till.prices\n\ndef test_nothing():\n    pass\n"
    )
    code, said = check(shop)
    assert code == 1
    assert "(no test reaches it)" in said
    assert "Fewer than 75 % were noticed by a test." in said


def test_what_is_on_the_list_is_not_tried(shop: Path) -> None:
    listing(shop, "pieces > LIMIT → pieces >= LIMIT")
    moved = PRICES.replace("    if pieces", "\n\n    if pieces")
    (shop / "src/shop/till/prices.py").write_text(moved.replace("- 5", "- (5)"))
    git(shop, "commit", "-q", "-a", "-m", "the lines move")
    code, said = check(shop, "--changed-since", "HEAD~1")
    assert code == 0
    assert "pieces >= LIMIT" not in said


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"change": "pieces > LIMIT → pieces == LIMIT"}, "names what is not there any more"),
        ({"change": "pieces > LIMIT → pieces >= LIMIT", "line": "if pieces > BOUND:"}, "if pieces > BOUND:"),
        ({"change": "pieces > LIMIT → pieces >= LIMIT", "reason": " "}, "no reason beside"),
    ],
)
def test_a_stale_row_and_one_without_a_reason_fail(shop: Path, row: dict[str, str], words: str) -> None:
    listing(shop, **row)
    code, said = check(shop)
    assert code == 1
    assert words in said


def test_when_the_time_is_over_it_ends_and_says_what_was_not_tried(shop: Path) -> None:
    code, said = check(shop, "--minutes", "0")
    assert code == 0
    assert "No time to record: tests/till/test_prices.py" in said
    assert "Too little was tried to judge the tests by it." in said
    assert next(line for line in said.splitlines() if line.startswith("till")).split()[-1] == str(
        len(mutants("", PRICES))
    )


def test_the_change_at_hand_is_of_a_branch_of_an_afternoon_or_of_one_commit(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RELOADPT_BASE", raising=False)
    assert base_of(shop) == EMPTY_TREE
    first = git(shop, "rev-parse", "HEAD")
    for hour in ("17", "18", "19"):
        (shop / "note").write_text(hour)
        commit(shop, f"2026-01-01T{hour}:00:00Z")
    assert base_of(shop) == first  # three pushes of one afternoon
    git(shop, "update-ref", "refs/remotes/origin/main", "HEAD~1")
    assert base_of(shop) == git(shop, "rev-parse", "HEAD~1")
    monkeypatch.setenv("RELOADPT_BASE", "HEAD~2")
    assert base_of(shop) == "HEAD~2"
    assert changed_lines(shop, EMPTY_TREE, ("src/shop/__init__.py", "src/shop/till/prices.py")) == {
        "src/shop/till/prices.py": set(range(1, len(PRICES.splitlines()) + 1))
    }


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("x = 1 < y", "1 < y → 1 <= y"),
        ("x = a is None", "a is None → a is not None"),
        ("x = a + 1", "a + 1 → a - 1"),
        ("x = 3.5", "3.5 → 4.5"),
        ("x = True", "True → False"),
        ("x = a and b and c", "a and b and c → a and c"),
        ("x = a and b", "a and b → a or b"),
        ("x = not a", "not a → a"),
        ("if a:\n    x = b", "a → not a"),
        ("x = [a for a in b if a]", "a → not a"),
        ("x = any(a)", "any(a) → all(a)"),
        ("x = min(a)", "min(a) → max(a)"),
        ("x = f(a, b)", "f(a, b) → f(b, a)"),
        ("x = a['key']", "a['key'] → a['key_']"),
        ("def f():\n    return a", "return a → return None"),
        ("def f():\n    x = a\n    x = b", "x = b → left out"),
        ("def f(x):\n    x.y = b", "x.y = b → left out"),
        ("def f():\n    g()", "g() → left out"),
        ("def f():\n    x += 1", "x += 1 → x -= 1"),
        ("def f():\n    for x in y:\n        continue", "continue → left out"),
    ],
)
def test_each_kind_of_change_is_made(text: str, change: str) -> None:
    made = {mutant.change: mutant for mutant in mutants("m.py", text)}
    assert change in made
    compile(made[change].text(text), "m.py", "exec")
    assert made[change].text(text) != text


@pytest.mark.parametrize(
    "text",
    [
        '"""Docs, 1."""',
        "x: a[1] = b",
        "x = 'word'",
        "x = f'{a + 1}'",
        "def f():\n    x = a",
        "__all__ = ['a']",
    ],
)
def test_sentences_annotations_and_first_values_are_left_alone(text: str) -> None:
    assert mutants("m.py", text) == []
