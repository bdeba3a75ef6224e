#!/usr/bin/env bash
# Install the packages of tools/debian-packages.txt that are missing, as root or with sudo -n.
# With --without-tests those that only tests need are left out.
# Exit 0 when all are there, 2 when somebody with the right to must install them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v dpkg-query >/dev/null; then
    echo "Not a Debian system: nothing installed. See tools/debian-packages.txt for what is needed."
    exit 0
fi

missing=()
while read -r package reason; do
    [[ -z $package || $package == '#'* ]] && continue
    [[ ${1-} == --without-tests && $reason == '# tests only'* ]] && continue
    # shellcheck disable=SC2016
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $status == installed ]] || missing+=("$package")
done <tools/debian-packages.txt

((${#missing[@]})) || exit 0

if [[ $(id -u) == 0 ]]; then
    as_root=()
elif sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    echo "Some system packages are missing. Install them once with:" >&2
    echo "    sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 2
fi

echo "Installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update --quiet=2
"${as_root[@]}" apt-get install --quiet=2 --yes --no-install-recommends "${missing[@]}"
