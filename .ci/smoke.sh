#!/usr/bin/env bash
# Tries the frozen program where it must do without this checkout's Python: .ci/smoke.sh PROGRAM
#
# What it needs of the system first, which is to be no more than README says; then its own self-test; then each old
# workspace of tests/samples, which it has to bring up to date and prove.
set -euo pipefail

program=$(realpath -- "$1")
samples=$(realpath -- "$(dirname -- "${BASH_SOURCE[0]}")/../tests/samples")
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
system='^(libc|libm|libdl|librt|libpthread|libutil|libGL|libGLX|libGLdispatch|libEGL|libxcb)\.so\.'

if command -v ldd > /dev/null; then
    folder=$(dirname -- "$program")
    find "$folder" -type f \( -name '*.so*' -o -perm -u+x \) -print0 \
        | { LD_LIBRARY_PATH="$folder/_internal" xargs -0 ldd 2> /dev/null || true; } \
        | awk -v folder="$folder/" '$2 == "=>" && index($3, folder) != 1 { print $1, $3 }' | sort -u > "$scratch/outside"
    if grep -vE "$system" "$scratch/outside"; then
        echo "The lines above name what the program needs and does not bring." >&2
        exit 1
    fi
    echo "Taken from the system: $(cut -d' ' -f1 "$scratch/outside" | paste -sd' ')"
fi

alone=(env -i PATH=/usr/bin:/bin HOME="$scratch" LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen "$program")

"${alone[@]}" --selftest
echo "correct horse battery staple" > "$scratch/passphrase" # the museum's, for everybody to know
for workspace in "$samples"/v*/*/; do
    name=$(basename -- "$(dirname -- "$workspace")")-$(basename -- "$workspace")
    cp -r -- "$workspace" "$scratch/$name"
    echo "An old workspace, $name:"
    "${alone[@]}" workspace verify "$scratch/$name" --passphrase-file "$scratch/passphrase"
done
