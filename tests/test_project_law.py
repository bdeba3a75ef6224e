"""The laws of the repository itself, held by hand and in CI alike."""

from __future__ import annotations

import ast
import configparser
import importlib
import io
import os
import re
import statistics
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import typer.main

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "neixiang_survey_plugin"
RULE_FILES = sorted((PACKAGE / "rules").glob("*.toml"))
MEASURED_PARTS = ("core", "app")
CLI_MODULE = "neixiang_survey_plugin.hosts.cli.main"
GENERATED_FOLDERS = {
    ".git",
    ".venv",
    ".venv-qgis",
    ".venv-oldest",
    ".hypothesis",
    "__pycache__",
    "build",
    "dist",
    "wheels",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def repository_files() -> Iterator[Path]:
    for folder, names, files in os.walk(ROOT):
        names[:] = [n for n in names if n not in GENERATED_FOLDERS and not n.endswith("_cache")]
        yield from (Path(folder) / name for name in files)


def text_files() -> Iterator[tuple[Path, str]]:
    for path in repository_files():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(ROOT), content.decode("utf-8")


def modules(*parts: str) -> list[Path]:
    return [path for part in parts for path in sorted((PACKAGE / part).rglob("*.py"))]


def parse(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def code_lines(source: str) -> set[int]:
    """The numbers of the lines that hold code: no blanks, no comments, no docstrings."""
    idle = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in idle and token.type != tokenize.ENDMARKER:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            lines.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def functions(tree: ast.AST) -> list[Function]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def function_lengths() -> dict[str, int]:
    """Lines of code of every function of core and app, signature included."""
    lengths = {}
    for module in modules(*MEASURED_PARTS):
        source = module.read_text(encoding="utf-8")
        lines = code_lines(source)
        for function in functions(ast.parse(source)):
            place = f"{module.relative_to(ROOT)}:{function.lineno} {function.name}"
            own = range(function.lineno, (function.end_lineno or function.lineno) + 1)
            lengths[place] = len(lines.intersection(own))
    return lengths


def public_definitions(tree: ast.Module) -> Iterator[Function | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    member
                    for member in node.body
                    if isinstance(member, Function) and not member.name.startswith("_")
                )


def project() -> dict[str, Any]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return dict(table["project"])


def leaf_commands(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command that does something, such as ("county", "check")."""
    parts = getattr(command, "commands", None)
    if parts is None:
        yield words
        return
    for name, part in parts.items():
        yield from leaf_commands(part, (*words, name))


def plugin_metadata() -> configparser.SectionProxy:
    # As QGIS reads it: a percent sign has no meaning.
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string((ROOT / "metadata.txt").read_text(encoding="utf-8"))
    return parser["general"]


def test_there_is_a_rule_file() -> None:
    assert RULE_FILES


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_every_rule_says_clause_source_and_confidence(path: Path) -> None:
    rules = tomllib.loads(path.read_text(encoding="utf-8"))["rules"]
    assert rules
    silent = [
        f"{rule.get('id')}: {key}"
        for rule in rules
        for key in ("id", "text", "clause", "source", "confidence")
        if not str(rule.get(key, "")).strip()
    ]
    assert silent == []


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_every_rule_shows_what_passes_and_what_fails(path: Path) -> None:
    rules = tomllib.loads(path.read_text(encoding="utf-8"))["rules"]
    assert [rule["id"] for rule in rules if not (rule.get("passing") and rule.get("failing"))] == []


def test_no_module_is_over_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in repository_files()
        if path.suffix == ".py"
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_the_median_function_has_at_most_16_lines_of_code() -> None:
    assert statistics.median(function_lengths().values()) <= 16


def test_nine_functions_in_ten_have_under_40_lines_of_code() -> None:
    lengths = function_lengths()
    long = {place: length for place, length in lengths.items() if length >= 40}
    assert len(long) <= len(lengths) / 10, long


def test_no_function_has_over_60_lines_of_code() -> None:
    assert {place: n for place, n in function_lengths().items() if n > 60} == {}


def test_lines_of_code_leave_out_docstrings_comments_and_blanks() -> None:
    source = 'def f(\n    a,\n):\n    """Say.\n\n    More.\n    """\n\n    # why\n    return a\n'
    assert code_lines(source) == {1, 2, 3, 10}


@pytest.mark.parametrize("module", modules(*MEASURED_PARTS), ids=lambda path: path.stem)
def test_whatever_is_public_says_what_it_is(module: Path) -> None:
    tree = parse(module)
    assert ast.get_docstring(tree), "the module has no docstring"
    assert [n.name for n in public_definitions(tree) if not ast.get_docstring(n)] == []


def test_no_file_names_a_package_registry() -> None:
    # Put together here, so that this file is not the one that is found.
    addresses = ["pypi" + ".org", "pythonhosted" + ".org", "index" + "-url", "npmjs" + ".org"]
    found = [f"{path}: {a}" for path, text in text_files() for a in addresses if a in text]
    assert found == []


def test_no_file_names_somebodys_home_folder() -> None:
    home = re.compile(r"/(?:home|Users)/\w+|/" + r"root/|[A-Z]:\\+Users\\+\w+")
    assert [f"{path}: {m[0]}" for path, text in text_files() if (m := home.search(text))] == []


def test_the_plugin_metadata_is_complete() -> None:
    metadata = plugin_metadata()
    needed = (
        "name qgisMinimumVersion qgisMaximumVersion supportsQt6 description about version author "
        "email changelog tags homepage tracker repository icon category hasProcessingProvider "
        "experimental deprecated"
    ).split()
    assert [key for key in needed if not metadata.get(key, "").strip()] == []
    assert metadata["qgisMinimumVersion"] == "3.22"
    assert metadata.getboolean("supportsQt6")
    assert metadata["category"] in {"Raster", "Vector", "Database", "Mesh", "Web"}


def test_the_plugin_metadata_holds_no_html() -> None:
    metadata = plugin_metadata()
    assert [key for key in metadata if re.search(r"<\w+", metadata[key])] == []


def test_the_plugin_offers_processing_only_where_there_is_a_provider() -> None:
    has_provider = any("QgsProcessingProvider" in p.read_text("utf-8") for p in modules("hosts"))
    assert plugin_metadata().getboolean("hasProcessingProvider") == has_provider


def test_one_version_everywhere() -> None:
    version = project()["version"]
    newest = re.search(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == version
    assert plugin_metadata()["version"] == version
    assert plugin_metadata()["changelog"].startswith(version)


def test_the_readme_names_the_wheel_that_is_built() -> None:
    wheel = f"neixiang_survey_plugin-{project()['version']}-py3-none-any.whl"
    for readme in ("README.md", "README.zh-CN.md"):
        assert wheel in (ROOT / readme).read_text(encoding="utf-8")


def shown_commands(readme: str) -> list[str]:
    """The fenced blocks of a document, without indents and comments, which are in its language."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(r"(?m)^ +| +# .*$", "", block) for block in blocks]


def test_both_readmes_show_the_same_commands_and_output() -> None:
    assert shown_commands("README.md")
    assert shown_commands("README.md") == shown_commands("README.zh-CN.md")


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_lists_every_command_and_no_other(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    listed = re.findall(
        r"^\| `neixiang-survey ([a-z]+(?:-[a-z]+)*(?: [a-z]+)?)", text, re.MULTILINE
    )
    command = typer.main.get_command(importlib.import_module(CLI_MODULE).app)
    assert sorted(listed) == sorted(" ".join(words) for words in leaf_commands(command))


def test_the_icon_is_a_square_drawing() -> None:
    drawing = ElementTree.parse(ROOT / plugin_metadata()["icon"]).getroot()
    _, _, width, height = map(float, drawing.attrib["viewBox"].split())
    assert width == height > 0


def test_every_pinned_requirement_has_one_version() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_every_requirement_is_pinned() -> None:
    table = project()
    wanted = table["dependencies"] + [r for g in table["optional-dependencies"].values() for r in g]
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    names = [re.split(r"[<>=!~\[ ]", requirement, maxsplit=1)[0] for requirement in wanted]
    assert [name for name in names if f"\n{name}==" not in pinned] == []


def test_every_link_in_the_documents_leads_somewhere() -> None:
    link = re.compile(r"\]\((?!https?:|#)([^)#]+)")
    broken = [
        f"{path}: {target}"
        for path, text in text_files()
        if path.suffix == ".md"
        for target in link.findall(text)
        if not (ROOT / path.parent / target).exists()
    ]
    assert broken == []


def test_no_file_holds_the_marks_of_an_unfinished_merge() -> None:
    marks = re.compile(r"^(?:<{7} |>{7} |={7}$)", re.MULTILINE)
    assert [str(path) for path, text in text_files() if marks.search(text)] == []
