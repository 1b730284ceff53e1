#!/usr/bin/env bash
# Runs a command with a virtual screen and an unlocked keyring; to be run inside `dbus-run-session`.
set -euo pipefail
echo -n secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null
exec xvfb-run --auto-servernum "$@"
