# Registers itself in the file at descriptor 3, then becomes the given command. While descriptor 4 is open, the
# watchdog does not see the end of the drill: it cannot miss a process that is just being started.
read -r stat </proc/$$/stat
printf '%s\n' "$stat" >&3
exec "$@" 3>&- 4>&-
