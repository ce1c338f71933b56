"""The formats of others, held against the schemas that their readers use.

The schemas are no part of the project. They are read from the folder named by ``WSGICHECK_SCHEMAS``:
``junit-10.xsd`` of Jenkins' xUnit plugin, and ``sarif-schema-2.1.0.json`` of OASIS.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.unit.reporters.test_formats import against_baseline, sane
from wsgicheck.reporters import junit, sarif

REPORTS = pytest.mark.parametrize("whole", [against_baseline(), sane()], ids=["hostile", "sane"])


def schema(name: str) -> Path:
    path = Path(os.environ.get("WSGICHECK_SCHEMAS", "/nonexistent")) / name
    if not path.exists():
        pytest.skip(f"WSGICHECK_SCHEMAS names no folder with {name}")
    return path


@REPORTS
def test_junit_is_valid_for_jenkins(whole: Any, tmp_path: Path) -> None:
    path = schema("junit-10.xsd")
    xmlschema = pytest.importorskip("xmlschema")
    file = tmp_path / "report.xml"
    file.write_text(junit.render(whole), encoding="utf-8")
    xmlschema.XMLSchema(str(path)).validate(str(file))


@REPORTS
def test_sarif_is_valid_for_oasis(whole: Any) -> None:
    document = json.loads(schema("sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(document)
    kind(document, format_checker=kind.FORMAT_CHECKER).validate(json.loads(sarif.render(whole)))
