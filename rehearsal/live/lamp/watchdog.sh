# Waits for the end of its input, which the kernel closes when the drill ends in any way; then ends the process groups
# that the drill registered, and removes its folder.
folder=$1
# Open from the start: whoever cleans /tmp does not remove it.
exec 3<"$folder/processes"
cat >/dev/null

# The start time in /proc/PID/stat is field 22, the 20th after the name (proc(5)).
started() {
  # shellcheck disable=SC2086 # the fields, one by one
  set -- ${1##*) }
  echo "${20}"
}

while read -r registered; do
  pid=${registered%% *}
  # A process with another start time has got the number of one that ended.
  if { read -r current <"/proc/$pid/stat"; } 2>/dev/null &&
    [ "$(started "$current")" = "$(started "$registered")" ]; then
    kill -s KILL -- "-$pid" 2>/dev/null
  fi
done <&3

# A process that is ending may still write.
for _ in 1 2 3 4 5 6 7 8 9 10; do
  rm -rf "$folder" && exit 0
  sleep 0.2
done
exit 1
