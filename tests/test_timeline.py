"""Dated events of the made-up sample keep their floor, and stay ahead of the nearest date."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "timeline.py"


def run(*options: str) -> str:
    command = [sys.executable, str(SCRIPT), *options]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


def test_events_of_the_sample_are_dated() -> None:
    said = run()
    assert said.startswith("The sample that ships, made-up articles")
    rows = re.findall(
        r"^(\S.*?) +(\d+)/(\d+) +[\d.]+ +([\d.]+) to ([\d.]+) +(\d+)/(\d+)$", said, re.MULTILINE
    )
    shares = {name: int(right) / int(marked) for name, right, marked, *_ in rows}
    assert set(shares) == {"events", "nearest date, else publication", "publication"}
    assert shares["events"] >= 0.92
    assert shares["events"] > shares["nearest date, else publication"] > shares["publication"]
    assert all(float(low) <= shares[name] <= float(high) for name, _, _, low, high, *_ in rows)
    assert int(rows[0][2]) >= 60


def test_a_set_is_read_from_where_it_is_named(tmp_path) -> None:
    text = "The firm sold its fleet on Monday.\nIt may buy a ship."
    doc = json.dumps({"id": "a", "dct": "2025-06-04", "text": text, "sents": [[0, 34], [35, 53]]})
    (tmp_path / "my_docs.jsonl").write_text(doc + "\n", encoding="utf-8")
    lines = [
        '{"doc": "a", "sent": 0, "head": "sold", "date": "2025-06-02"}',
        '{"doc": "a", "sent": 1, "head": "buy", "date": "XXXX-XX-XX"}',
    ]
    (tmp_path / "my_events.jsonl").write_text("\n".join(lines), encoding="utf-8")
    said = run("--data", str(tmp_path))
    assert "made-up" not in said
    assert re.search(r"^events +1/1 +1\.000 .* 1/1$", said, re.MULTILINE)
    assert re.search(r"^publication +0/1 +0\.000 .* 0/1$", said, re.MULTILINE)
