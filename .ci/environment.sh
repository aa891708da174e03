#!/usr/bin/env bash
# Makes the private Python environments: .ci/environment.sh uv | sync [UV SYNC OPTION…]
#
#   uv     .tools, which holds uv and nothing else; python3 is only asked to make it
#   sync   .venv, which holds exactly what uv.lock says
#
# The user's own Python, and what is installed beside it, is never changed.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

python=${PYTHON:-python3}
export UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then
    echo "Python 3.11 or newer is needed, and “$python” is not. Install it, or say where it is: make PYTHON=/path/to/python3" >&2
    exit 1
fi

case ${1-} in
    uv)
        "$python" -c 'import ensurepip, venv' 2> /dev/null || .ci/libraries.sh setup
        rm -rf .tools/environment
        "$python" -m venv .tools/environment
        .tools/environment/bin/python -m pip --disable-pip-version-check --quiet install \
            --require-hashes --only-binary :all: --requirement .ci/uv.txt
        ;;
    sync)
        shift
        .tools/environment/bin/uv sync --quiet --frozen --python "$("$python" -c 'import sys; print(sys.executable)')" "$@"
        ;;
    *)
        sed -n '2,5p' "$0" >&2
        exit 2
        ;;
esac
