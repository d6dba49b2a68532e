#!/usr/bin/env bash
# The step of action.yml: runs `failover diff` and puts its report on the pull request, in one comment for
# each set of arguments. The exit code is that of `failover diff`, or 0 for one that may be worse, if that is allowed.
set -euo pipefail

# A stack is evaluated by the tool beside the program's own packages; anything else by this checkout.
tool=(node "$ACTION/scripts/failover.mjs")
[[ -x node_modules/.bin/failover ]] && tool=(node_modules/.bin/failover)

report=$(mktemp)
trap 'rm -f "$report" "$report.cut" "$report.words"' EXIT
# They may stand on several lines, and are quoted as in a shell, which is not asked: it would also run what they say.
if ! xargs -r printf '%s\0' <<< "$ARGUMENTS" > "$report.words" 2> /dev/null; then
  echo "::error title=arguments::must have both ends of each quote on one line, got $ARGUMENTS; close the quote"
  exit 2
fi
mapfile -d '' -t words < "$report.words"
marker="<!-- failover diff ${words[*]} -->"
echo "$marker" > "$report"
code=0
"${tool[@]}" diff "$BASE" "${words[@]}" --markdown >> "$report" || code=$?
# 0: no worse, 1: worse, 2 with a report: not all can be compared. Anything else is an error, which is on stderr.
((code <= 1)) || (($(wc -l < "$report") > 1)) || exit "$code"
cat "$report" >> "$GITHUB_STEP_SUMMARY"

comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
if [[ -n $PULL_REQUEST ]]; then
  known=$(MARKER=$marker gh api --paginate "$comments" --jq '.[] | select(.body | startswith(env.MARKER)) | .id' | head -n 1) || known=
  if [[ -n $known ]]; then
    sent=(--method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$known")
  else
    sent=(--method POST "$comments")
  fi
  # GitHub takes 65,536 characters.
  if (($(wc -c < "$report") > 65000)); then
    printf '%s\n' "$(head -c 64000 "$report" | sed '$d')" '' "The rest is in the job's summary." > "$report.cut"
    mv "$report.cut" "$report"
  fi
  gh api --silent "${sent[@]}" --field "body=@$report" ||
    echo "::notice title=No comment::The token may not write comments; the report is in the job's summary."
fi

[[ $ALLOW_WORSE == true ]] && exit 0
exit "$code"
