"""docs/review.md: what it shows is read by the programs that it is for."""

import re
from pathlib import Path

import yaml
from typer.main import get_command

from policyopts.cli.app import app

PAGE = (Path(__file__).parents[2] / "docs/review.md").read_text(encoding="utf-8")


def test_the_workflow_and_the_hooks_are_yaml() -> None:
    """The workflow has a job with steps, the hooks have an entry each, and all run commands of ours."""
    workflow, hooks = map(yaml.safe_load, re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
    steps = [step["run"] for step in workflow["jobs"]["review"]["steps"] if "run" in step]
    entries = [hook["entry"] for hook in hooks["repos"][0]["hooks"]]
    assert {"policyopts check", "policyopts briefing --check briefing.md", "policyopts diff"} == set(entries)
    assert sum(step.startswith("policyopts ") for step in steps) == 4


def test_every_command_line_is_one_of_ours() -> None:
    """Each command and each option that the page names is there."""
    commands = get_command(app).commands  # type: ignore[attr-defined] # the app is a group
    named = re.findall(r"policyopts ([a-z]+)([^`\n|>]*)", PAGE)
    assert len(named) > 10
    for name, rest in named:
        known = {option for parameter in commands[name].params for option in parameter.opts}
        assert set(re.findall(r"(?<= )--[a-z-]+", rest)) <= known, (name, rest)
