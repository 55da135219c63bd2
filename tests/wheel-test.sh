#!/bin/sh
# Builds the wheel, installs it alone into a new environment, and uses it from an empty folder.
# usage: wheel-test.sh PYTHON
set -eu
python=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$work/dist" .
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$work"/dist/policyopts-*.whl
mkdir "$work/empty"
cd "$work/empty"
policyopts=$work/venv/bin/policyopts
"$policyopts" --version
"$policyopts" rank --example
"$policyopts" rank --example --format json | "$work/venv/bin/python" -c 'import json, sys; assert len(json.load(sys.stdin)["options"]) == 5'
"$policyopts" check --example
"$policyopts" explain regional-deal deterrence --example > /dev/null
"$policyopts" briefing --example | grep -q '^# '
"$policyopts" explore --example -o "$work/explore.html"
grep -q '<meta name="generator" content="policyopts explore">' "$work/explore.html"
"$policyopts" init decision --example
"$policyopts" check -C decision
test -f decision/schema/criteria.json
test "$(ls)" = decision
