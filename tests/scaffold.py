"""Creates all the places of a new check: ``python -m tests.scaffold ID ROOM/MODULE``.

``python -m tests.scaffold iterable-closed-twice wsgi/close`` appends a check to
``wsgicheck/checks/wsgi/close.py``, a mutant to ``tests/mutants/wsgi/close.py``, the id to the
append-only list and a line to the changelog; missing modules are created.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

CHECK_MODULE = '''"""{title} (name the source and its section)."""

from __future__ import annotations

from ...authoring import Exchange, check, environ_of, expect
from ...spec import pep3333
'''
CHECK = '''

@check("{id}", requires=pep3333.APP_CALLED_ONCE)
def {name}(exchange: Exchange) -> None:
    """State the rule in one sentence.

    Say what harm a breach does, and what to look at first.
    """
    got = environ_of(exchange)["REQUEST_METHOD"]
    expect(got == "GET", "environ['REQUEST_METHOD']", want="GET", got=got)
'''
MUTANT_MODULE = '''"""Mutants of {title}."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
'''
MUTANT = '''

class {mutant}(ReferenceServer):
    """Say how this server sins, one octet over the line."""

    kills = {{"{id}": "the words of the failure"}}

    def request_method(self, transaction: Any) -> str:
        return super().request_method(transaction).lower()
'''


def append(path: Path, head: str, text: str) -> None:
    if not path.exists():
        path.write_text(head, encoding="utf-8")
    with path.open("a", encoding="utf-8") as stream:
        stream.write(text)
    print(path.relative_to(ROOT))


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("id", help="kebab-case, subject first: iterable-closed-after-error")
    parser.add_argument("module", help="room and topic: wsgi/close")
    options = parser.parse_args(arguments)
    ids = ROOT / "tests/architecture/check_ids.txt"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", options.id):
        parser.error(f"{options.id!r} is not kebab-case, as in iterable-closed-after-error")
    if options.id in ids.read_text(encoding="ascii").split():
        parser.error(f"{options.id!r} exists; ids are never used twice")
    if not re.fullmatch(r"(wsgi|http|site|frameworks)/[a-z0-9_]+", options.module):
        parser.error(f"{options.module!r} is no room and topic, as in wsgi/close")
    title = options.module.partition("/")[2].replace("_", " ")
    words = {
        "id": options.id,
        "name": options.id.replace("-", "_"),
        "mutant": "Breaks" + options.id.title().replace("-", ""),
        "title": title,
    }
    append(
        ROOT / f"wsgicheck/checks/{options.module}.py",
        CHECK_MODULE.format(title=title.capitalize()),
        CHECK.format(**words),
    )
    append(
        ROOT / f"tests/mutants/{options.module}.py", MUTANT_MODULE.format(title=title), MUTANT.format(**words)
    )
    append(ids, "", options.id + "\n")
    append(ROOT / "CHANGELOG.md", "", f"- New: `{options.id}`.\n")
    print(f"now make it fail in the right words: pytest -m kills tests/mutants -k {words['mutant']}")


if __name__ == "__main__":
    main(sys.argv[1:])
