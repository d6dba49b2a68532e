#!/bin/bash
# firewall.sh [--rules]: fills the firewall's list of Route 53's checkers: the newest one, else the last one that
# could be read, else the one that came with the release. Loads the rules themselves when they are not there yet,
# or with --rules: not at each refresh, since rules that are new have forgotten who has how many connections.
#
# Without the newest list nothing breaks at once: a new checker is then one source like any other, far below its
# limit, and shares the customers' limit for everybody.
set -euo pipefail

boot=$(dirname "$(readlink -f "$0")")
rules=${RULES:-/etc/cafe/cafe.nft} kept=${KEPT:-/var/lib/cafe/checkers.nft}
# Reached as the packages are: by the NAT gateway, or the instance's own address.
ranges_url=${RANGES_URL:-https://ip-ranges.amazonaws.com/ip-ranges.json}

mkdir -p "$(dirname "$kept")"
fetched=$(mktemp)
trap 'rm -f "$fetched" "$kept.new"' EXIT
if curl -fsS --retry 3 --max-time 20 -o "$fetched" "$ranges_url" && php "$boot/../bin/checkers.php" <"$fetched" >"$kept.new"; then
  mv "$kept.new" "$kept"
elif [[ ! -s $kept ]]; then
  php "$boot/../bin/checkers.php" <"$boot/etc/checkers.json" >"$kept"
fi
# One transaction: between the old rules and the new ones there is no moment without.
if [[ ${1:-} == --rules ]] || ! nft list table inet cafe >/dev/null 2>&1; then
  cat "$rules" "$kept" | nft -f -
else
  nft -f "$kept"
fi
