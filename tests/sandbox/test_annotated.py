from typing import Any

from app.sandbox.annotated import DocumentView, Line, annotate
from app.sandbox.world.records import Annotation


def a_remark(line: int, **more: Any) -> Annotation:
    fields: dict[str, Any] = {
        "path": "a.md",
        "start_line": line,
        "end_line": line,
        "level": "failure",
        "message": "No.",
    }
    return Annotation(**(fields | more))


def lines_of(document: DocumentView) -> list[Line]:
    return [line for stretch in document.stretches for line in stretch.lines]


def test_columns_are_marked_in_characters_with_both_ends_included() -> None:
    document = annotate("a.md", "added", "- 🚒 fire\n".encode(), b"", [a_remark(1, start_column=3, end_column=3)])
    (line,) = lines_of(document)
    assert [(piece.text, piece.level) for piece in line.segments] == [("- ", ""), ("🚒", "failure"), (" fire", "")]


def test_overlapping_remarks_show_the_worst_level() -> None:
    remarks = [
        a_remark(1, start_column=1, end_column=4, level="notice"),
        a_remark(1, start_column=3, end_column=6, level="failure"),
    ]
    (line,) = lines_of(annotate("a.md", "added", b"abcdefgh", b"", remarks))
    assert [(piece.text, piece.level) for piece in line.segments] == [("ab", "notice"), ("cdef", "failure"), ("gh", "")]


def test_a_remark_over_several_lines_stands_below_the_last() -> None:
    document = annotate("a.md", "added", b"a\nb\nc\n", b"", [a_remark(1, end_line=2)])
    assert [(line.level, len(line.remarks)) for line in lines_of(document)] == [("failure", 0), ("failure", 1), ("", 0)]


def test_a_remark_beyond_the_end_or_the_line_is_still_shown() -> None:
    document = annotate("a.md", "added", b"a\nb\n", b"", [a_remark(9), a_remark(1, start_column=5, end_column=9)])
    assert sum(len(line.remarks) for line in lines_of(document)) == 2


def test_quiet_stretches_are_folded_but_not_near_a_remark() -> None:
    text = "".join(f"{number}\n" for number in range(1, 41)).encode()
    document = annotate("a.md", "added", text, b"", [a_remark(20)])
    assert [(it.folded, it.lines[0].number, it.lines[-1].number) for it in document.stretches] == [
        (True, 1, 16),
        (False, 17, 23),
        (True, 24, 40),
    ]


def test_windows_line_ends_and_a_byte_order_mark_do_not_move_lines() -> None:
    document = annotate("a.md", "added", b"\xef\xbb\xbfa\r\nb\r\n", b"", [])
    assert [line.segments[0].text for line in lines_of(document)] == ["a", "b"]


def test_only_what_is_new_is_marked_as_added() -> None:
    document = annotate("a.md", "modified", b"a\nx\nb\n", b"a\nb\n", [])
    assert [line.added for line in lines_of(document)] == [False, True, False]


def test_an_empty_file_has_no_lines() -> None:
    assert annotate("a.md", "added", b"", b"", [a_remark(1)]).length == 0
