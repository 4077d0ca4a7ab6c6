"""Operators that are software: where a document is about a Kubernetes operator, “the operator” is nobody to blame."""

from __future__ import annotations

import re

from rules.once import once_a_document
from rules.patterns import Pattern
from rules.postmortem import Postmortem

_WORD = "operator"
_BARE = Pattern(
    rf"\b(?:the|our|this|that|its|an)\s{_WORD}\b"
    r"(?!['’]|\s(?:on|who|of the (?:night|day|shift|week)|at the|in the room)\b)",
    re.IGNORECASE,
)
"""An operator of whom nothing tells that it is a person: no `night operator`, no `operator on duty`."""
_SOFTWARE = Pattern(
    r"\b(?:kubernetes|k8s|postgres(?:ql)?|etcd|prometheus|redis|kafka|strimzi|vault|elastic(?:search)?|eck|mysql|mongo(?:db)?"
    r"|rabbitmq|cassandra|clickhouse|spark|flink|minio|rook|zalando|percona|crunchy|argo ?cd|flux|istio|cert-manager"
    rf"|external-secrets|vitess|cockroachdb|gpu)[- ]{_WORD}s?\b"
    r"|\bcustom resources?\b|\bCRDs?\b|\breconcil(?:e|er|ers|iation) loops?\b",
    re.IGNORECASE,
)
_BEHIND = 60  # characters behind the blame in which it is told whose doing it was, and who the operator is


def blames_software(postmortem: Postmortem, text: str, start: int, end: int) -> bool:
    """Whether what seems to be blamed from `start` to `end` of a text is a program that the document calls so."""
    window = text[start : end + _BEHIND]
    if _WORD not in window.lower():
        return False
    found = _BARE.search(window)
    is_meant = found is not None and window[end - start : found.start()].strip() in ("", "by")
    return is_meant and _has_software_operator(postmortem)


@once_a_document
def _has_software_operator(postmortem: Postmortem) -> bool:
    return _SOFTWARE.search(postmortem.source.text) is not None
