#!/usr/bin/env bash
# Tries the frozen program where it must do without this checkout's Python: .ci/smoke.sh PROGRAM
#
# Its own self-test first; then each old workspace of tests/samples, which it has to bring up to date and prove.
set -euo pipefail

program=$(realpath -- "$1")
samples=$(realpath -- "$(dirname -- "${BASH_SOURCE[0]}")/../tests/samples")
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
alone=(env -i PATH=/usr/bin:/bin HOME="$scratch" LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen "$program")

"${alone[@]}" --selftest
echo "correct horse battery staple" > "$scratch/passphrase" # the museum's, for everybody to know
for workspace in "$samples"/v*/*/; do
    name=$(basename -- "$(dirname -- "$workspace")")-$(basename -- "$workspace")
    cp -r -- "$workspace" "$scratch/$name"
    echo "An old workspace, $name:"
    "${alone[@]}" workspace verify "$scratch/$name" --passphrase-file "$scratch/passphrase"
done
