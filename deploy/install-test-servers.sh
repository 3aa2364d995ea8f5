#!/usr/bin/env bash
# Install the Debian packages that the tests use: Dovecot, Postfix, PostgreSQL, Chromium, tesseract.
# What is there already, from wherever it came, is left alone.
set -euo pipefail

present() { # Whether one of these programs can be run.
    local program
    for program in "$@"; do
        [ -x "$program" ] && return 0
        command -v "$program" >/dev/null 2>&1 && return 0
    done
    return 1
}

PATH="$PATH:/usr/sbin:/sbin"
missing=""
present dovecot || missing="$missing dovecot-core"
present /usr/lib/dovecot/imap /usr/libexec/dovecot/imap || missing="$missing dovecot-imapd"
present /usr/lib/dovecot/lmtp /usr/libexec/dovecot/lmtp || missing="$missing dovecot-lmtpd"
present /usr/lib/postfix/sbin/master /usr/libexec/postfix/master || missing="$missing postfix"
present initdb /usr/lib/postgresql/*/bin/initdb || missing="$missing postgresql"
present pdftotext || missing="$missing poppler-utils" # Reads back the PDFs we write.
present strace || missing="$missing strace" # Kills a process at one system call.
present chromium chromium-browser google-chrome || missing="$missing chromium fonts-noto-core"
present tesseract || missing="$missing tesseract-ocr tesseract-ocr-eng"
for language in nld tur ara; do # English and script detection come with the program itself.
    tesseract --list-langs 2>/dev/null | grep -qx "$language" || missing="$missing tesseract-ocr-$language"
done
[ -z "$missing" ] && exit 0

echo "Installing Debian packages for the tests:$missing"
if ! command -v apt-get >/dev/null 2>&1; then
    echo "There is no apt-get here; install these servers by your system's own means." >&2
    exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo"
    command -v sudo >/dev/null 2>&1 || { echo "Run this as root: there is no sudo." >&2; exit 1; }
fi
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
# sudo drops the environment, so what keeps debconf quiet is said again.
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
