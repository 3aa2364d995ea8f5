#!/usr/bin/env bash
# Install the Debian packages that the tests start themselves: Dovecot, Postfix, PostgreSQL.
set -euo pipefail
wanted="dovecot-core dovecot-imapd dovecot-lmtpd postfix postgresql"
missing=""
for package in $wanted; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
echo "Installing Debian packages for the tests:$missing"
as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# Nothing is started system-wide: the tests run their own servers on free loopback ports.
policy=/usr/sbin/policy-rc.d
made_policy=""
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
    $as_root chmod +x "$policy"
    made_policy=yes
fi
trap '[ -z "$made_policy" ] || $as_root rm -f "$policy"' EXIT
# shellcheck disable=SC2086
$as_root apt-get install -y -qq --no-install-recommends $missing
