#!/usr/bin/env bash
# Provision users on KooDrive and wait until they exist. bash, curl 7.55 or later, openssl and POSIX tools; no jq.
# Configuration, steps and exit codes: ../README.md
set -euo pipefail
export LC_ALL=C # text is bytes here: it is sent as it comes, and sorted by code

USAGE='usage: provision.sh [FIRSTNAME:PHONE | FIRSTNAME:SURNAME:PHONE]...
       provision.sh sign METHOD URL [BODY]       prints an Authorization header'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "${BASH_SOURCE[0]}")/koodrive.sh"
. "$(dirname "${BASH_SOURCE[0]}")/batch.sh"

# $work/phones has one phone a line; $work/table one user a line: phone, outcome, userId, with a US (\037) between.

preverify() { # COUNT; returns 1 and writes the table if a row would fail
  local row='{"targetDeptName":"Dept","personalCapacity":10,"isAllocateCapacity":true}' rows='' i
  for ((i = 0; i < $1; i++)); do rows+=,$row; done
  call token POST /users/batchimport/preverify "{\"curDeptId\":$dept_id,\"users\":[${rows#,}]}"
  # isSuccess is 0 in the page's only example and explained nowhere: a failed row is known by its reason.
  awk -F'\t' '
    FILENAME == ARGV[1] {
      if (split($1, path, ".") < 3 || path[1] != "data") next
      count = path[2] + 1
      if (path[3] == "reason" && $2 != "") { reason[path[2]] = $2; failed = 1 }
      next
    }
    { print $0 "\037" (FNR - 1 in reason ? "failed: pre-verification: " reason[FNR - 1] : "not processed") "\037" }
    END { exit count != FNR ? 3 : failed }' "$work/flat" "$work/phones" >"$work/table" || case $? in
    3) fail 3 'preverify: not one result a row' ;;
    *) return 1 ;;
  esac
}

outcomes() { # matches rows to phones, in $work/table; what is left over goes to $work/problems
  awk -F'\037' -v exists=40000009 -v resubmitted="$resubmitted" -v problems="$work/problems" '
    FILENAME == ARGV[1] { row[$1, ++rows[$1]] = $2 FS $3 FS $4; next }
    ++taken[$0] > rows[$0] { print $0 FS "not processed" FS; next }
    {
      split(row[$0, taken[$0]], cell, FS)
      code = cell[1]; user_id = cell[2]; reason = cell[3]
      if (code == exists) outcome = "skipped: " (resubmitted && user_id ? "already provisioned" : reason)
      else if (user_id != "" && (code == "" || code == "0")) outcome = "provisioned"
      else outcome = "failed: " code " " reason
      print $0 FS outcome FS user_id
    }
    END {
      for (phone in rows)
        while (taken[phone]++ < rows[phone]) print "a row too many in the result: " phone >problems
    }
  ' "$work/rows" "$work/phones" >"$work/table"
}

# Ids of all users, in $work/ids. Users may arrive meanwhile: rows shift and repeat, and total grows.
listed_ids() {
  local offset=0 total count
  while true; do
    call token GET "/userList?offset=$offset&limit=100"
    # The example says list, the table says data. The reference shows an organisation account as userId and KooDrive's
    # own id as id: either may match.
    awk -F'\t' '$1 ~ /^(list|data)\.[0-9]+\.(userId|id)$/ { print $2 }' "$work/flat" >>"$work/ids"
    count=$(awk -F'[.\t]' '($1 == "list" || $1 == "data") && NF > 2 { n = $2 + 1 } END { print n + 0 }' "$work/flat")
    offset=$((offset + count)) total=$(field total)
    if [ "$count" = 0 ] || { [ -z "$total" ] && [ "$count" -lt 100 ]; }; then return; fi
    if [ -n "$total" ] && [ "$offset" -ge "$total" ]; then return; fi
  done
}

report() { # prints the table and the sums; returns 1 if a user failed
  awk -F'\037' '
    BEGIN { printf "%-16s  %-44s  %s\n", "phone", "outcome", "userId" }
    { printf "%-16s  %-44s  %s\n", $1, $2, $3 == "" ? "-" : $3; split($2, kind, ":"); sum[kind[1]]++ }
    END {
      failed = NR - sum["provisioned"] - sum["skipped"]
      printf "provisioned=%d skipped=%d failed=%d\n", sum["provisioned"], sum["skipped"], failed
      exit failed > 0
    }' "$work/table"
}

main() {
  local users='' argument names id exit_code=0
  if [ "${1-}" = sign ] && [ $# -ge 3 ] && [ $# -le 4 ]; then
    printf %s "${4-}" | authorization "$2" "$3" "${KOODRIVE_HOST_HEADER:-$(host_of "$3")}" \
      "${KOODRIVE_X_DATE:-$(x_date "$(date +%s)")}" && echo
    return
  fi
  if [ $# = 0 ]; then set -- 1204:1204:1884609076404 1205:1205:1884609076405; fi
  if [ $# -gt 1000 ]; then fail 2 'a batch takes 1000 users at most'; fi
  for argument; do
    if [[ ! $argument =~ ^([^:]+):(([^:]+):)?([^:]+)$ || ${argument//$'\t'/} == *[[:cntrl:]]* ]]; then
      fail 2 "$argument is neither FIRSTNAME:PHONE nor FIRSTNAME:SURNAME:PHONE"
    fi
    names=("${BASH_REMATCH[@]}")
    users+=",{\"firstname\":$(quote "${names[1]}"),${names[3]:+\"surname\":$(quote "${names[3]}"),}"
    users+="\"phone\":$(quote "${names[4]}")}"
    printf '%s\n' "${names[4]}" >>"$work/phones"
  done
  if ! preverify $#; then report || return; fi
  create "${users#,}"
  wait_until_done
  result_rows
  : >"$work/problems" && : >"$work/ids"
  outcomes
  report || exit_code=1
  listed_ids
  while IFS=$'\037' read -r _ argument id; do
    case $argument in provisioned | 'skipped: already provisioned') ;; *) continue ;; esac
    if ! grep -qxF -- "$id" "$work/ids"; then log "provisioned, but not in the user list: $id" && exit_code=1; fi
  done <"$work/table"
  if [ -s "$work/problems" ]; then cat "$work/problems" >&2 && exit_code=1; fi
  return $exit_code
}

main "$@"
