#!/bin/bash
# Renders a template of etc/: render.sh TEMPLATE > FILE. Every {{NAME}} must be set in the environment.
set -euo pipefail

template=$1
text=$(<"$template")
while [[ $text =~ \{\{([A-Z_]+)\}\} ]]; do
  name=${BASH_REMATCH[1]}
  if [[ -z ${!name+set} ]]; then
    echo "$template: $name is not set; boot.sh and configure.sh set all of them" >&2
    exit 1
  fi
  text=${text//"{{$name}}"/"${!name}"}
done
printf '%s\n' "$text"
