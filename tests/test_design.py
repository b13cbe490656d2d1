"""Rules of the design that no tool checks."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
TOP_LEVEL = {"pyproject.toml", "README.md", "bot", "briefings", "config", "tests"}
MODULES = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("briefings/**/*.py")])
READS_ENVIRONMENT = ROOT / "bot" / "settings.py"
#: An address of a package registry, or an option that would name one.
REGISTRY = re.compile(
    r"https?://[^\s/]*(?:pypi|pythonhosted)|https?://\S+/simple\b|^--\S*index-url"
)


def tracked_files() -> list[Path]:
    """What belongs to the project: what git tracks."""
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607  # wherever git is installed
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def names_of(module: Path) -> str:
    return str(module.relative_to(ROOT))


def test_the_top_level_is_fixed():
    """Beside dotfiles, nothing stands at the top level but what the design names."""
    found = {path.relative_to(ROOT).parts[0] for path in tracked_files()}
    assert {name for name in found if not name.startswith(".")} == TOP_LEVEL


def test_config_holds_no_code():
    """config/ is data: nothing in it can be run."""
    for path in tracked_files():
        if ROOT / "config" in path.parents:
            assert path.suffix not in {".py", ".sh"}, path
            assert not path.stat().st_mode & 0o111, path


def test_no_registry_address_is_tracked():
    """No tracked file says which registry packages come from; that is for each machine to know."""
    for path in tracked_files():
        if path.is_file():
            lines = path.read_bytes().decode(errors="replace").splitlines()
            assert not [line for line in lines if REGISTRY.search(line)], path


@pytest.mark.parametrize("module", MODULES, ids=names_of)
def test_only_settings_reads_the_environment(module):
    """What can be set is set in one place, which can be checked and documented as a whole."""
    if module == READS_ENVIRONMENT:
        return
    used = {
        node.attr if isinstance(node, ast.Attribute) else node.name
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute | ast.alias)
    }
    assert not used & {"environ", "environb", "getenv", "getenvb"}


def scopes(module: Path) -> Iterator[list[ast.stmt]]:
    """The body of the module and of each of its classes."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef):
            yield node.body


@pytest.mark.parametrize("module", MODULES, ids=names_of)
def test_no_function_has_a_twin(module):
    """Whatever waits is async, whatever decides is plain; nothing exists in both kinds."""
    for body in scopes(module):
        kinds: dict[str, set[type]] = {}
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                stem = re.sub(r"^(a?sync_|a(?=[a-z]+_))|_a?sync$", "", node.name)
                kinds.setdefault(stem, set()).add(type(node))
        assert not [stem for stem, found in kinds.items() if len(found) > 1]


LOCKS = ("requirements.lock", "requirements-llm.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_every_dependency(lock):
    """A lock pins each dependency in a version that we allow; one those of the extras too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = [
        Requirement(line.rstrip("\\ "))
        for line in (ROOT / "config" / lock).read_text(encoding="utf-8").splitlines()
        if re.match(r"\w", line)
    ]
    wanted = list(project["dependencies"])
    if lock != LOCKS[0]:
        extras = project["optional-dependencies"]
        wanted += [one for name in extras if name != "llm-bedrock" for one in extras[name]]
    for needed in map(Requirement, wanted):
        versions = [
            str(pin.specifier).removeprefix("==")
            for pin in pins
            if canonicalize_name(pin.name) == canonicalize_name(needed.name)
        ]
        assert versions, needed.name
        assert all(version in needed.specifier for version in versions), needed


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_has_a_hash_for_every_pin(lock):
    """Each pinned version is bound to files by hashes, as pip's --require-hashes asks."""
    text = (ROOT / "config" / lock).read_text(encoding="utf-8")
    assert "://" not in text, "a lock names no registry"
    pins = re.split(r"\n(?=\w)", text.strip())
    assert len(pins) > 1
    assert all("--hash=sha256:" in pin for pin in pins)


def test_every_import_is_a_declared_dependency():
    """What the packages import from outside is named in pyproject.toml, not merely found."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = pyproject["project"]
    named = project["dependencies"] + pyproject["dependency-groups"]["train"]
    named += project["optional-dependencies"]["llm"]
    declared = {re.sub(r"\W", "_", Requirement(text).name.lower()) for text in named}
    declared |= {
        name.removesuffix("_py").removesuffix("_slim").removeprefix("google_") for name in declared
    }
    # Faces of pydantic, spaCy, aiohttp and Jinja, which bind their versions themselves.
    declared |= {"bot", "briefings", "pydantic_core", "thinc", "yarl", "markupsafe"}
    assert imported_packages() - declared - sys.stdlib_module_names == set()


def imported_packages() -> set[str]:
    found: set[str] = set()
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found
