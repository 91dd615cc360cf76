"""Two independent judges of a .docx: Microsoft's Open XML SDK (a program) and openxml-audit (a library)."""

from __future__ import annotations

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from openxml_audit import FileFormat, OpenXmlValidator

from tests.tools.false_alarms import FALSE_ALARMS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SDK = "sdk"
AUDIT = "audit"


class Finding(NamedTuple):
    """One fault that a validator sees: in which document and part, at which XPath, by which rule."""

    document: str
    validator: str
    rule: str
    part: str
    path: str
    text: str


def sdk_findings(validator: Path, document: Path) -> list[Finding]:
    """Runs the SDK's program on one document; a run that gives no verdict raises."""
    invariant = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    told = subprocess.run([validator, document], capture_output=True, text=True, check=False, env=invariant)
    try:
        verdict = json.loads(told.stdout)
    except ValueError as error:
        raise RuntimeError(f"{validator} gave no verdict on {document}: {told.stdout}{told.stderr}") from error
    findings = [
        Finding(document.name, SDK, fault["id"] or fault["errorType"], fault["path"] or "", fault["xPath"] or "", text)
        for fault in verdict["errors"]
        if (text := fault["description"].strip())
    ]
    if verdict["ok"] is bool(findings):
        raise RuntimeError(f"{validator} contradicts itself on {document}: {told.stdout}")
    return findings


def audit_findings(document: Path) -> list[Finding]:
    """Runs openxml-audit on one document, without a limit to the number of findings."""
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(document)
    return [
        Finding(document.name, AUDIT, fault.id or fault.error_type.value, fault.part_uri, fault.path, fault.description)
        for fault in result.errors
    ]


def is_false_alarm(finding: Finding) -> bool:
    """Says whether the table of false alarms knows this finding."""
    return any(
        alarm.validator == finding.validator and alarm.part == finding.part and alarm.text.search(finding.text)
        for alarm in FALSE_ALARMS
    )


def findings(validator: Path, documents: Iterable[Path]) -> list[Finding]:
    """Asks both validators about every document and leaves out the known false alarms."""
    listed = list(documents)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        by_program = pool.map(lambda document: sdk_findings(validator, document), listed)
        by_library = [audit_findings(document) for document in listed]
        every = [finding for found in (*by_program, *by_library) for finding in found]
    return [finding for finding in every if not is_false_alarm(finding)]
