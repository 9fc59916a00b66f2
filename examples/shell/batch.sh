# A batch of users: created, polled, and read row by row. To be sourced after koodrive.sh.

# Sets task_id and resubmitted ('' or yes).
#
# A create that is throttled (429, or 503 with Retry-After) was turned away before it took effect. Any other lost answer
# is ambiguous, and the phones cannot be looked up because the user list masks them. But the service skips a phone that
# exists and names its userId (40000009). So the batch is submitted once more: whom the first attempt provisioned comes
# back as skipped, and nobody is provisioned twice.
create() { # USER_LIST
  resubmitted=''
  until call signed POST /user/batchRegister/create "{\"userList\":[$1]}"; do
    if [ -n "$resubmitted" ]; then fail 3 "$failure"$'\n''The task may exist or not. Run this again later.'; fi
    log "$failure"$'\n''The task may exist or not. Submitting again: the service skips users that exist.'
    resubmitted=yes
    sleep 1
  done
  task_id=$(field data)
  if [ -z "$task_id" ]; then fail 3 'create: no task id'; fi
}

query() { call signed GET "/user/batchRegister/get?taskId=$(encode "$task_id")&cursor=$(encode "$1")&pageSize=$2"; }

wait_until_done() {
  local wait=$FIRST_WAIT_MS shown='' counts good skipped bad
  while true; do
    query 0 1
    good=$(field data.taskInfo.successCount) bad=$(field data.taskInfo.failCount)
    skipped=$(field data.taskInfo.skipCount)
    if [[ ! $good,$skipped,$bad =~ ^[0-9]+,[0-9]+,[0-9]+$ ]]; then fail 3 "task $task_id: no counts"; fi
    counts="(provisioned $good, skipped $skipped, failed $bad)"
    if [ "$counts" != "$shown" ]; then
      log "task $task_id: $((good + skipped + bad)) of $(field data.taskInfo.totalCount) $counts"
      shown=$counts
    fi
    case $(field data.taskInfo.status) in 2 | 3) return ;; esac # done, failed
    if too_late "$wait"; then log "task $task_id: not done in time; the rows so far:" && return; fi
    pause "$wait"
    wait=$(longer "$wait")
  done
}

result_rows() { # fills $work/rows: phone, code, userId, reason
  local cursor=0 seen=' '
  : >"$work/rows"
  while [ -n "$cursor" ]; do
    seen+="$cursor "
    query "$cursor" 100
    awk -F'\t' '
      split($1, path, ".") == 4 && path[2] == "registerList" { cell[path[3], path[4]] = $2; rows = path[3] + 1 }
      END {
        for (i = 0; i < rows; i++)
          print cell[i, "phone"] "\037" cell[i, "code"] "\037" cell[i, "userId"] "\037" cell[i, "reason"]
      }' "$work/flat" >>"$work/rows"
    cursor=$(field data.nextPageCursor)
    cursor=${cursor:-$(field data.nextCursor)} # the reference uses both names
    if [[ -n $cursor && $seen == *" $cursor "* ]]; then fail 3 "task $task_id: cursor $cursor came twice"; fi
  done
}
