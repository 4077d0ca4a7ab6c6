"""Publishing check runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from app.core.effects import Annotation, PublishCheckRun
from app.github.app import Access

_BATCH = 50  # annotations in one request; later ones are appended (docs.github.com, "Update a check run")
_UNFINISHED = "/unfinished"


async def publish_checks(access: Access, checks: Iterable[PublishCheckRun], now: datetime) -> None:
    """Publish check runs in order. Raises GitHubError; what was done by then stays, the next pass does the rest."""
    for check in checks:
        await _publish(access, check, now)


async def _publish(access: Access, check: PublishCheckRun, now: datetime) -> None:
    """Publish a completed check run, in one request where its annotations allow.

    Until the last batch is in, `external_id` does not equal the result's digest: a crash between two batches leaves a
    run that the next pass takes for another result, and publishes afresh.
    """
    batches = [check.annotations[start : start + _BATCH] for start in range(0, len(check.annotations), _BATCH)] or [()]
    first, *rest = batches
    unfinished = check.external_id + _UNFINISHED
    created = await _write(
        access,
        "POST",
        "/check-runs",
        {
            "name": check.name,
            "head_sha": check.head_sha,
            "status": "completed",
            "conclusion": check.conclusion.value,
            "completed_at": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "external_id": unfinished if rest else check.external_id,
            "output": _output(check, first),
        },
    )
    for number, batch in enumerate(rest, start=1):
        done = number == len(rest)
        await _write(
            access,
            "PATCH",
            f"/check-runs/{created['id']}",
            {"external_id": check.external_id if done else unfinished, "output": _output(check, batch)},
        )


async def _write(access: Access, method: str, path: str, body: Mapping[str, Any]) -> Any:
    async with access.writing:
        return await access.client.write(method, f"{access.path}{path}", {}, body)


def _output(check: PublishCheckRun, annotations: Iterable[Annotation]) -> dict[str, Any]:
    return {"title": check.title, "summary": check.summary, "annotations": [_annotation(each) for each in annotations]}


def _annotation(annotation: Annotation) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "path": annotation.path,
        "start_line": annotation.start_line,
        "end_line": annotation.end_line,
        "annotation_level": annotation.level,
        "title": annotation.title,
        "message": annotation.message,
    }
    if annotation.start_column is not None:
        fields |= {"start_column": annotation.start_column, "end_column": annotation.end_column}
    return fields
