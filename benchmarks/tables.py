"""Tables for people, printed as they are made."""

from collections.abc import Sequence


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A title and a table in Markdown, so that it can be kept as it is."""
    print(f"\n**{title}**\n", flush=True)
    print(f"| {' | '.join(head)} |")
    print(f"|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(str(cell) for cell in row)} |", flush=True)
