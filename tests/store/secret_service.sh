#!/usr/bin/env bash
# Runs a command beside a real Secret Service: a D-Bus session and a gnome-keyring of its own, in a home of their own.
#
#   ROOM=/some/folder ./secret_service.sh COMMAND…     the same folder again: the same keyring, started anew
#   KEYRING_PASSWORD=… ./secret_service.sh COMMAND…    another one than the keyring was made with: it stays locked
#
# Nothing of it outlives the command.
set -euo pipefail

if [[ ${1-} != --inside ]]; then
    room=${ROOM:-$(mktemp -d)}
    for part in HOME:home XDG_DATA_HOME:data XDG_CONFIG_HOME:config XDG_CACHE_HOME:cache XDG_RUNTIME_DIR:runtime; do
        mkdir -p -m 700 "$room/${part#*:}"
        export "${part%%:*}=$room/${part#*:}"
    done
    unset DISPLAY WAYLAND_DISPLAY GNOME_KEYRING_CONTROL
    exec dbus-run-session -- "$BASH" "$0" --inside "$@"
fi
shift

# Not as a daemon of its own making, which may outlive the session; and with a password, for an empty one makes no keyring.
gnome-keyring-daemon --foreground --components=secrets --unlock < <(printf %s "${KEYRING_PASSWORD-only-for-tests}") \
    > /dev/null 2>&1 &
daemon=$!
export KEYRING_DAEMON=$daemon
trap '{ kill -CONT $daemon; kill $daemon; wait $daemon; } 2> /dev/null || true' EXIT

answers() { # answers PATTERN DESTINATION PATH METHOD ARGUMENT: waits up to ten seconds for an answer like that
    local pattern=$1 tries=200
    shift
    until dbus-send --session --print-reply --dest="$1" "$2" "$3" "$4" 2> /dev/null | grep -q "$pattern"; do
        ((tries--)) || return 1
        sleep 0.05
    done
}
# The bus is asked for the owner, not the service itself: asking that would start a second one.
answers true org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets
answers collection org.freedesktop.secrets /org/freedesktop/secrets org.freedesktop.Secret.Service.ReadAlias string:default \
    || true # with a wrong password there may be none that is open

"$@"
