import re
from pathlib import Path

import tropa

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "python.md"


def test_every_public_name_exists_and_is_documented() -> None:
    page = PAGE.read_text(encoding="utf-8")
    names = [name for name in tropa.__all__ if name != "__version__"]
    assert len(names) <= 30
    assert [name for name in names if not hasattr(tropa, name)] == []
    assert [name for name in names if not re.search(rf"\b{name}\b", page)] == []
