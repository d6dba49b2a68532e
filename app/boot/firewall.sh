#!/bin/bash
# firewall.sh [--rules]: fills the firewall's list of Route 53's checkers: the newest list, else the last one that
# could be read, else the one in the release. Loads the rules if they are missing, or with --rules; not at each
# refresh, because new rules lose the counts of connections per source.
#
# Without the newest list nothing breaks immediately: a new checker then counts as an ordinary source, far below
# its limit, and shares the limit of all customers.
set -euo pipefail

boot=$(dirname "$(readlink -f "$0")")
rules=${RULES:-/etc/cafe/cafe.nft} kept=${KEPT:-/var/lib/cafe/checkers.nft}
# Reached in the same way as the packages: through the NAT gateway, or from the instance's own address.
ranges_url=${RANGES_URL:-https://ip-ranges.amazonaws.com/ip-ranges.json}

mkdir -p "$(dirname "$kept")"
fetched=$(mktemp)
trap 'rm -f "$fetched" "$kept.new"' EXIT
if curl -fsS --retry 3 --max-time 20 -o "$fetched" "$ranges_url" && php "$boot/../bin/checkers.php" <"$fetched" >"$kept.new"; then
  mv "$kept.new" "$kept"
elif [[ ! -s $kept ]]; then
  php "$boot/../bin/checkers.php" <"$boot/etc/checkers.json" >"$kept"
fi
# One transaction: there is no moment without rules between the old and the new ones.
if [[ ${1:-} == --rules ]] || ! nft list table inet cafe >/dev/null 2>&1; then
  cat "$rules" "$kept" | nft -f -
else
  nft -f "$kept"
fi
