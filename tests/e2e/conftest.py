import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builders.command_line import NearTerminal, Terminal
from builders.kiosk_files import kiosk_files

EVENTS = Path(__file__).parents[3] / "shared" / "data" / "events"


@pytest.fixture(scope="session")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Compiled kernels, as users have them; English words; a key of its own."""
    key = tmp_path_factory.mktemp("key") / "key"
    return Terminal({"TROPA_KEY_FILE": str(key), "TROPA_LANG": "en", "PYTHONUTF8": "1"})


@pytest.fixture(scope="session")
def quick(terminal: Terminal) -> Terminal:
    """Kernels as plain Python: for tiny folders that starts sooner."""
    return terminal.with_environment(TROPA_INTERPRET="1")


@pytest.fixture(scope="session")
def near(terminal: Terminal) -> NearTerminal:
    """Commands within the tests' own process: many builds of tiny folders in little time."""
    return NearTerminal(terminal.environment | {"TROPA_INTERPRET": "1"})


@pytest.fixture(scope="session")
def real(terminal: Terminal, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A folder with one public log: `init --yes` and `build`, once a session."""
    made: dict[str, Path] = {}

    def built(file: str) -> Path:
        if file not in made:
            if not (EVENTS / file).exists():
                pytest.skip(f"needs the public log {file} in ../shared/data/events")
            folder = tmp_path_factory.mktemp(file.split(".", maxsplit=1)[0])
            shutil.copy(EVENTS / file, folder)
            assert terminal.tropa("init", folder, "--yes").code == 0
            terminal.build(folder)
            made[file] = folder
        return made[file]

    return built


@pytest.fixture(scope="session")
def built_kiosk(quick: Terminal, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small business, built once; copy it before changing anything."""
    folder = tmp_path_factory.mktemp("kiosk") / "kiosk"
    kiosk_files(folder)
    quick.build(folder)
    return folder


@pytest.fixture
def kiosk(built_kiosk: Path, tmp_path: Path) -> Path:
    """The small business with its map, for one test to change."""
    return Path(shutil.copytree(built_kiosk, tmp_path / "kiosk"))
