"""Where options come from, and what is said of them: help, errors, files of settings, the environment, shells."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsclean import cli, options
from newsclean.option_types import Switch

ROOT = Path(__file__).resolve().parent.parent

PAGE = ROOT / "samples" / "modern-portal" / "source.html"

ALL = [option for group in options.GROUPS.values() for option in group]

SHARE = ROOT / "share"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory of a test, some way below a directory of the user's."""
    folder = tmp_path / "project" / "pages" / "new"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def project(here: Path) -> Path:
    return here.parent.parent


def invoke(*args: str | Path, env: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(cli.main, list(map(str, args)), env=env, catch_exceptions=False, prog_name="newsclean")


def keys(result: Result) -> set[str]:
    """The keys of the one object that was written, as JSON."""
    return set(json.loads(result.stdout))


# --- help and errors -------------------------------------------------------------------------------------------------


def test_help_fits_80_columns_an_option_a_line() -> None:
    shown = invoke("--help", env={"COLUMNS": "80"}).stdout.splitlines()
    assert max(map(len, shown)) <= 80
    assert all(
        any(f"  {', '.join(each.opts)} " in line and (each.help or "") in line for line in shown) for each in ALL
    )


def test_help_has_no_trailing_blanks_in_its_examples() -> None:
    assert cli.EXAMPLES.splitlines() == [line.rstrip() for line in cli.EXAMPLES.splitlines()]
    assert cli.EXAMPLES in invoke("--help").stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ("-f", "docx"),
            "-f/--format: 'docx' is not one of md, json, jsonl, txt, html, parquet (write md, and let pandoc",
        ),
        (("-f", "markdown"), "did you mean md?"),
        (("-f", "jsn"), "did you mean json?"),
        (("-e", "gbq"), "try gbk, "),
        (("--ouput", "x"), "there is no option --ouput: did you mean --output or --output-dir?"),
        (("--json",), "say -f json"),
        (("-x",), "there is no option -x"),
        (("-j", "many"), "-j/--jobs: 'many' is not a whole number from 1 on"),
        (("--max-size", "10MB"), "--max-size: '10MB' is not a number above 0, at most 1,000,000, such as 50"),
        (("--timeout", "nan"), "such as 60"),
        (("--min-confidence", "0,5"), "'0,5' is not a number from 0 to 1, such as 0.5"),
        (("--language", "Chinese"), "'Chinese' is not a code such as zh"),
        (("--dedup=yes",), "--dedup takes no value: give it alone"),
        (("-o",), "-o needs its FILE behind it"),
        (("--completion", "tcsh"), "bash, zsh, fish"),
    ],
)
def test_a_wrong_option_is_one_line_that_says_what_to_try(args: tuple[str, ...], said: str) -> None:
    result = invoke(PAGE, *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.startswith("newsclean: ")
    assert result.stderr.count("\n") == 1


def test_formats_are_known_in_any_case_and_as_endings() -> None:
    assert invoke(PAGE, "-f", "TXT").stdout == invoke(PAGE, "-f", ".txt").stdout == invoke(PAGE, "-f", "txt").stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pgae.html", "no such file or directory (did you mean page.html?)"),
        ("*.htm", "no file matches this pattern"),
        ("www.example.com/x.html", "does not fetch"),
        ("article.md", "to write it: -o article.md"),
        ("none/page.html", "there is no directory none"),
        ("", "the name is empty"),
        ("quite-another-name", "no such file or directory"),
    ],
)
def test_an_input_that_is_not_there_is_one_line_that_says_what_to_try(here: Path, name: str, said: str) -> None:
    (here / "page.html").write_bytes(PAGE.read_bytes())
    result = invoke(name)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert said in result.stderr


def test_an_output_of_the_wrong_kind_is_told(here: Path) -> None:
    (here / "file").write_text("x")
    assert "it is a file (use -o for one)" in invoke(PAGE, "-d", "file").stderr
    assert "(make it first)" in invoke(PAGE, "-o", "none/x.md").stderr


def test_every_switch_can_be_turned_off_again() -> None:
    switches = [each for each in ALL if each.is_flag and each.in_file]
    assert all(isinstance(each, Switch) and len(each.secondary_opts) == 1 for each in switches)
    assert invoke(PAGE, "--no-front-matter", "--front-matter").stdout == invoke(PAGE).stdout


# --- the environment -------------------------------------------------------------------------------------------------


def test_a_variable_stands_for_an_option_and_the_command_line_goes_before_it() -> None:
    env = {"NEWSCLEAN_FORMAT": "json"}
    assert "markdown" in keys(invoke(PAGE, env=env))
    assert invoke(PAGE, "-f", "md", env=env).stdout.startswith("---\n")


@pytest.mark.parametrize(
    "env", [{"NEWSCLEAN_VERSION": "0.1"}, {"NEWSCLEAN_HELP": "1"}, {"NEWSCLEAN_URL": "https://example.com/"}]
)
def test_variables_that_others_may_have_set_mean_nothing(env: dict[str, str]) -> None:
    assert invoke(PAGE, env=env).stdout == invoke(PAGE).stdout


@pytest.mark.parametrize(("name", "value"), [("FORMAT", "pdf"), ("JOBS", "all"), ("NO_LINKS", "perhaps")])
def test_a_wrong_variable_is_named(name: str, value: str) -> None:
    result = invoke(PAGE, env={f"NEWSCLEAN_{name}": value})
    assert result.exit_code == 2
    assert f"NEWSCLEAN_{name} in the environment: " in result.stderr


# --- files of settings -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("newsclean.toml", 'format = "json"\n'),
        ("pyproject.toml", '[project]\nname = "x"\n[tool.newsclean]\nformat = "json"\n'),
        ("newsclean.toml", '\ufeffformat = "json"\r\n'),
    ],
)
def test_the_nearest_file_gives_defaults(project: Path, name: str, text: str) -> None:
    (project / name).write_text(text, "utf-8", newline="")
    (project.parent / "newsclean.toml").write_text('format = "txt"\n')
    assert "markdown" in keys(invoke(PAGE))
    told = invoke(PAGE, "-v", "-f", "md")
    assert told.stdout.startswith("---\n")
    assert f"newsclean: {project / name}: defaults from this file\n" in told.stderr
    assert invoke(PAGE, env={"NEWSCLEAN_FORMAT": "md"}).stdout == told.stdout == invoke(PAGE, "--no-config").stdout


def test_a_shared_file_without_our_table_is_passed_over(project: Path) -> None:
    (project / "pages" / "pyproject.toml").write_text('[project]\nname = "newsclean-user"\n')
    (project / "pages" / "new" / "pyproject.toml").write_text("this is [not TOML\n")
    (project / "newsclean.toml").write_text('format = "json"\n')
    assert "markdown" in keys(invoke(PAGE))


def test_a_named_file_goes_before_the_nearest_one(here: Path, project: Path) -> None:
    (here / "newsclean.toml").write_text("no such key here\n")
    named = project / "mine.toml"
    named.write_text('format = "json"\n')
    assert "markdown" in keys(invoke(PAGE, "--config", named))
    assert "markdown" in keys(invoke(PAGE, env={"NEWSCLEAN_CONFIG": str(named)}))
    assert invoke(PAGE, "--config", named, "--no-config").stdout.startswith("---\n")
    assert "markdown" in keys(invoke(PAGE, "--no-config", "--config", named))
    assert invoke("--version").exit_code == 0


def test_every_kind_of_value_is_taken(here: Path, project: Path) -> None:
    saved = here / "saved"
    saved.mkdir()
    for name in ("a.html", "b.html", "c.html"):
        (saved / name).write_bytes(PAGE.read_bytes())
    text = 'output-dir = "clean"\nexclude = ["a.*", "b.*"]\njobs = 1\nmin-confidence = 0.1\ndedup = true\n'
    (project / "newsclean.toml").write_text(text)
    assert invoke("saved").exit_code == 0
    assert [path.name for path in (project / "clean").iterdir() if "newsclean" not in path.name] == ["c.md"]


def test_what_is_said_nearer_to_the_run_goes_before_its_rival(here: Path) -> None:
    (here / "newsclean.toml").write_text('output = "all.md"\nquiet = true\n')
    result = invoke(PAGE, "-d", "clean", "-v")
    assert result.exit_code == 0
    assert (here / "clean").is_dir()
    assert not (here / "all.md").exists()
    assert "defaults from this file" in result.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('fromat = "json"', "unknown key 'fromat': did you mean 'format'?"),
        ("output_dir = 'x'", "did you mean 'output-dir'?"),
        ("entirely-else = 1", "known are format, output"),
        ('jobs = "4"', "'jobs' is a whole number, without quotes: not '4'"),
        ("jobs = true", "'jobs' is a whole number, without quotes: not True"),
        ("jobs = 0", "jobs: '0' is not a whole number from 1 on"),
        ("dedup = 1", "'dedup' is true or false: not 1"),
        ('include = "*.html"', "'include' is a list"),
        ("include = [1]", "'include' holds a string, in quotes: not 1"),
        ("format = 'docx'", "format: 'docx' is not one of md"),
        ("timeout = nan", "timeout: 'nan' is not a number above 0"),
        ("config = 'x.toml'", "'config' is not for a file"),
        ("url = 'https://example.com/'", "'url' is not for a file"),
        ("scheduler = 'tcp://example.com:8786'", "'scheduler' is not for a file"),
        ("output = '../x.md'", "'output' leads out of the file's directory"),
        ("output-dir = '/tmp/x'", "'output-dir' leads out of the file's directory"),
        ("[tool.newsclean]\njobs = 1", "leave out [tool.newsclean]"),
        ("[newsclean]\njobs = 1", "leave out [newsclean]"),
        ("encoding = 'klingon'", "encoding: unknown encoding 'klingon'"),
        ("exclude = [1]", "'exclude' holds a string, in quotes: not 1"),
        ("jobs 4", "this is no valid TOML"),
        ("\udc80".encode("utf-8", "surrogateescape"), "this is no valid TOML"),
        ("x = " + "[" * 5000, "this is no valid TOML"),
    ],
)
def test_what_is_wrong_in_a_file_is_one_line_that_names_it(here: Path, text: str | bytes, said: str) -> None:
    path = here / "newsclean.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    result = invoke(PAGE)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith(f"newsclean: {path}: ")
    assert said in result.stderr


def test_a_named_file_must_be_there_and_have_our_table(here: Path) -> None:
    (here / "pyproject.toml").write_text("[project]\n")
    for name, said in (("none.toml", "no such file"), (".", "cannot read"), ("pyproject.toml", "no table")):
        result = invoke(PAGE, "--config", name)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert said in result.stderr


def test_a_link_does_not_lead_an_unnamed_file_out_of_its_directory(here: Path, tmp_path: Path) -> None:
    (tmp_path / "victim").mkdir()
    (here / "out").symlink_to(tmp_path / "victim")
    (here / "newsclean.toml").write_text('output-dir = "out"\n')
    assert "leads out" in invoke(PAGE).stderr
    assert invoke(PAGE, "--config", "newsclean.toml").exit_code == 0


def test_a_working_directory_that_is_gone_has_no_files(here: Path) -> None:
    here.rmdir()
    assert invoke(PAGE).exit_code == 0


def test_settings_cost_nothing_where_there_are_none(here: Path) -> None:
    code = "import sys, newsclean.cli\ntry: newsclean.cli.main(sys.argv[1:])\nfinally: print('tomllib' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-such"], capture_output=True, text=True, check=False, cwd=here
    )
    assert done.stdout == "False\n"


# --- shells ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def command(tmp_path: Path) -> dict[str, str]:
    """An environment with the command on its path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "newsclean"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newsclean "$@"\n')
    script.chmod(0o755)
    paths = os.pathsep.join([str(Path(options.__file__).parent.parent), os.environ.get("PYTHONPATH", "")])
    return {
        **os.environ,
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": paths,
        "HOME": str(tmp_path),
    }


BASH_ASKS = """. "$1"
COMP_WORDS=(newsclean "$2" "$3") COMP_CWORD=2
_newsclean_completion newsclean
printf '%s\\n' "${COMPREPLY[@]}"
"""

ZSH_ASKS = """compdef() { :; }; compadd() { print -l -- ${completions[@]}; }
_describe() { print -l -- ${completions_with_descriptions%%:*} }
words=(newsclean "$2" "$3") CURRENT=3
. "$1"
"""

FISH_ASKS = 'source $argv[1]; complete -C "newsclean $argv[2] $argv[3]" | string split -f 1 \\t'

SHELLS = {
    "bash": ("bash", "--norc", "-c", BASH_ASKS, "-"),
    "zsh": ("zsh", "-f", "-c", ZSH_ASKS, "-"),
    "fish": ("fish", "--no-config", "-c", FISH_ASKS),
}
"""How each shell is asked what it proposes for the last of two words, given the script that the package installs."""

SCRIPTS = {
    "bash": SHARE / "bash-completion" / "completions" / "newsclean",
    "zsh": SHARE / "zsh" / "site-functions" / "_newsclean",
    "fish": SHARE / "fish" / "vendor_completions.d" / "newsclean.fish",
}


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("words", "proposed"),
    [(("-q", "--max"), {"--max-size"}), (("-f", "js"), {"json", "jsonl"}), (("-e", "gbk"), {"gbk"})],
)
def test_a_shell_completes_options_and_names(
    shell: str, words: tuple[str, str], proposed: set[str], command: dict[str, str]
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    asked = [*SHELLS[shell], str(SCRIPTS[shell]), *words]
    done = subprocess.run(asked, env=command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert set(done.stdout.split()) == proposed, done.stderr


def test_completion_is_not_disturbed_by_settings(here: Path) -> None:
    (here / "newsclean.toml").write_text("broken")
    env = {"_NEWSCLEAN_COMPLETE": "bash_complete", "COMP_WORDS": "newsclean --max", "COMP_CWORD": "1"}
    assert invoke(env=env).stdout == "plain,--max-size\n"


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_for_a_shell_is_printed(shell: str) -> None:
    assert f"{shell}_complete" in invoke("--completion", shell).stdout
