"""What a build adds to the checkout: the few files taken from npm, and compiled words."""

import gzip
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
LOCK = ROOT / "package-lock.json"
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
TRANSLATIONS = ROOT / "bazaar" / "translations"

ZXING = "zxing-wasm"
DEJAVU = "dejavu-fonts-ttf"
ETHIOPIC = "@expo-google-fonts/noto-sans-ethiopic"

VENDORED = {
    "zxing/reader/index.js": f"{ZXING}/dist/es/reader/index.js",
    "zxing/share.js": f"{ZXING}/dist/es/share.js",
    "zxing/reader/zxing_reader.wasm": f"{ZXING}/dist/reader/zxing_reader.wasm",
    "zxing/LICENSE": f"{ZXING}/LICENSE",
    "fonts/DejaVuSans.ttf": f"{DEJAVU}/ttf/DejaVuSans.ttf",
    "fonts/DejaVuSans-Bold.ttf": f"{DEJAVU}/ttf/DejaVuSans-Bold.ttf",
    "fonts/DejaVu-LICENSE": f"{DEJAVU}/LICENSE",
    "fonts/NotoSansEthiopic.ttf": f"{ETHIOPIC}/400Regular/NotoSansEthiopic_400Regular.ttf",
    "fonts/NotoSansEthiopic-Bold.ttf": f"{ETHIOPIC}/700Bold/NotoSansEthiopic_700Bold.ttf",
    "fonts/NotoSansEthiopic-LICENSE": f"{ETHIOPIC}/LICENSE_FONT",
}

COMPRESSED = {".css", ".js", ".json", ".svg", ".wasm"}
ZIPPED = [name for name in VENDORED if Path(name).suffix in COMPRESSED]  # the code reader: half the size


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        vendor()
        compile_catalogs()
        if self.target_name == "wheel" and version == "standard":
            included = build_data["force_include"]
            included[str(ROOT / "templates")] = "bazaar/templates"
            included[str(ROOT / "static")] = "bazaar/static"
            self.compressed = Path(tempfile.mkdtemp())
            included.update(compress(ROOT / "static", self.compressed))

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "compressed"):
            shutil.rmtree(self.compressed)


def vendor() -> None:
    """Copy the npm files beside our own, once for each state of the lock."""
    made_from = VENDOR / LOCK.name
    complete = all((VENDOR / target).exists() for target in [*VENDORED, *(f"{name}.gz" for name in ZIPPED)])
    if complete and made_from.exists() and made_from.read_bytes() == LOCK.read_bytes():
        return
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed once, to fetch the code reader and the fonts: install Node.js")
    if not all((MODULES / source).exists() for source in VENDORED.values()) or stale(MODULES):
        subprocess.run([npm, "ci", "--omit=dev", "--ignore-scripts"], cwd=ROOT, check=True)
    shutil.rmtree(VENDOR, ignore_errors=True)
    for target, source in VENDORED.items():
        (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, VENDOR / target)
    for name in ZIPPED:
        (VENDOR / f"{name}.gz").write_bytes(gzip.compress((VENDOR / name).read_bytes(), mtime=0))
    shutil.copyfile(LOCK, made_from)


def stale(modules: Path) -> bool:
    installed = modules / ".package-lock.json"
    return not installed.exists() or installed.stat().st_mtime < LOCK.stat().st_mtime


def compile_catalogs() -> None:
    for words in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        compiled = words.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= words.stat().st_mtime:
            continue
        with words.open("rb") as source:
            catalog = read_po(source, locale=words.parent.parent.name)
        with compiled.open("wb") as target:
            write_mo(target, catalog)


def compress(static: Path, into: Path) -> dict[str, str]:
    """Make a .gz for each text file; return where in the wheel each one belongs."""
    placed = {}
    for file in sorted(static.rglob("*")):
        if file.suffix not in COMPRESSED or file.with_name(f"{file.name}.gz").exists():
            continue
        name = f"{file.relative_to(static)}.gz"
        packed = into / name
        packed.parent.mkdir(parents=True, exist_ok=True)
        packed.write_bytes(gzip.compress(file.read_bytes(), mtime=0))
        placed[str(packed)] = f"bazaar/static/{name}"
    return placed
