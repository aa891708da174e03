#!/usr/bin/env bash
# Draws the pictures that README shows, by running the demonstration and keeping what it drew.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

out=$(mktemp -d)
trap 'rm -rf -- "$out"' EXIT
QT_QPA_PLATFORM=offscreen .venv/bin/iowscp-desktop demo --out "$out/demo"
mkdir -p docs/pictures
for name in home fill conflict merge score panel; do
    cp -- "$out/demo/pictures/$name.png" "docs/pictures/$name.png"
done
