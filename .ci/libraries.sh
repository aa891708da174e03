#!/usr/bin/env bash
# Sees to it that the Debian packages of some groups are there: .ci/libraries.sh GROUP…
#
# Installs what is missing with apt where it may (as root, or by sudo without a password); otherwise says in words
# what to ask for, and fails. On a system that is not Debian's kin it says what is needed, and goes on.
set -euo pipefail

here=$(dirname -- "${BASH_SOURCE[0]}")
wanted=()
for group in "$@"; do
    mapfile -t of_group < <(sed -n "s/^$group[[:space:]]\+\([^[:space:]#]\+\).*/\1/p" "$here/debian-packages.txt")
    [[ ${#of_group[@]} -gt 0 ]] || { echo "There is no group of packages called “$group”." >&2; exit 2; }
    wanted+=("${of_group[@]}")
done

if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null; then
    echo "This is not Debian, so nothing was installed. If something is missing, look for: ${wanted[*]}"
    exit 0
fi

installed() { # newer Debians add t64 to some names
    case $1 in python3-venv) "${PYTHON:-python3}" -c 'import ensurepip, venv' 2> /dev/null && return ;; esac
    [[ $(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2> /dev/null || true) == ?i* ]]
}
missing=()
for package in "${wanted[@]}"; do
    installed "$package" || installed "${package}t64" || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

as_root=()
if [[ $(id -u) -ne 0 ]]; then
    if command -v sudo > /dev/null && sudo -n true 2> /dev/null; then
        as_root=(sudo -n)
    else
        {
            echo "These system packages are needed and are not installed: ${missing[*]}"
            echo "This account may not install them. Ask whoever looks after this computer to run:"
            echo "    sudo apt-get install --no-install-recommends ${missing[*]}"
            echo "and then give the same command again."
        } >&2
        exit 1
    fi
fi

apt() { # sudo forgets the environment, hence env
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
        apt-get --yes --quiet=2 -o Dpkg::Use-Pty=0 "$@"
}
echo "Installing ${#missing[@]} system packages: ${missing[*]}"
log=$(mktemp)
trap 'rm -f -- "$log"' EXIT
if ! { apt update && apt install --no-install-recommends "${missing[@]}"; } > "$log" 2>&1; then
    tail -n 20 -- "$log" >&2
    echo "The system packages could not be installed; the lines above say why." >&2
    exit 1
fi
