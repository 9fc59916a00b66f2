#!/usr/bin/env bash
# From signing in to a deleted user on KooDrive. bash, curl 7.55 or later, openssl and POSIX tools; no jq.
# Configuration, steps and exit codes: ../README.md
set -euo pipefail
export LC_ALL=C # text is bytes here: it is sent as it comes, and sorted by code

USAGE='usage: journey.sh [PHONE]'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "${BASH_SOURCE[0]}")/koodrive.sh"
. "$(dirname "${BASH_SOURCE[0]}")/batch.sh"

NOT_FOUND=13000309

check() { # STEP COMMAND...
  if ! "${@:2}"; then fail 1 "$1: the service did something else"; fi
  echo "$1"
}
read_() { call token GET "$1"; }
# A call that changes something: call sends it again only if it was turned away before it took effect.
write() { call token "$@" || fail 3 "$failure"; }
is() { read_ "$1" && [ "$(field "$2")" = "$3" ]; }

# Signs in as a browser would, without one: the mock's sign-in page takes whom to sign in as from the query.
sign_in() { # LOGIN; sets token and inner_user_id
  local uri code body=''
  call anonymous GET "/session/authCodeURL?domain=$(encode "$(host_of "$endpoint")")"
  uri=$(field uri)
  exchange GET "$uri&login=$(encode "$1")" </dev/null
  code=$(header location | sed -n 's/.*[?&]code=\([^&]*\).*/\1/p')
  if [ -z "$code" ]; then fail 3 "signing in as $1: $said"; fi
  call anonymous POST /session "{\"code\":$(quote "$code")}" || fail 3 "$failure"
  token=$(field data.accessToken) # carries the word Bearer, and is sent as it is
  inner_user_id=$(field data.userInfo.innerUserId)
}

refused() { # PATH TEXT: whether the service refuses a call, and says the text
  local body=''
  exchange GET "$endpoint$BASE$1" < <(headers token GET "$endpoint$BASE$1" 0)
  [ -z "$ok" ] && [[ $said == *"$2"* ]]
}

provision_one() { # PHONE; sets provisioned
  local code
  create "{\"firstname\":\"Journey\",\"phone\":$(quote "$1")}"
  wait_until_done
  result_rows
  IFS=$'\037' read -r _ code provisioned _ <"$work/rows"
  if [ -n "$code" ]; then fail 1 "$1: $(cat "$work/rows")"; fi
}

quota() { # sets personal; returns 1 unless the sums hold
  read_ /service/quotaUsed
  personal=$(field data.personalSpaceQuotaUsed)
  sum() { echo $(($(field "data.dept$1") + $(field "data.personal$1") + $(field "data.group$1"))); }
  [ "$(field data.spaceUsed)" = "$(sum SpaceUsed)" ] &&
    [ "$(field data.spaceQuotaUsed)" = "$(sum SpaceQuotaUsed)" ] &&
    [ "$(field data.spaceCapacity)" = $(($(sum SpaceQuota) + $(field data.reservedSpaceQuota))) ]
}

main() {
  local phone=${1-188$(date +%s)} root name department user first space before
  if [ $# -gt 1 ]; then fail 2 "$USAGE"; fi
  sign_in "${KOODRIVE_LOGIN:-admin}"
  check 'signed in' is /session/auth data.innerUserId "$inner_user_id"

  read_ /departmentList
  root=$(field list.0.id) name="Journey ${phone: -8}"
  write POST /departments "{\"name\":$(quote "$name"),\"parentId\":\"$root\"}"
  department=$(field data.id)
  read_ "/departmentList?departmentId=$root"
  check 'department created' grep -q "$department" "$work/flat"

  write POST /users/batchimport/preverify \
    "{\"curDeptId\":$department,\"users\":[{\"targetDeptName\":$(quote "$name"),\"personalCapacity\":1,\"isAllocateCapacity\":true}]}"
  check 'import pre-verified' [ -z "$(field data.0.reason)" ]

  provision_one "$phone"
  read_ "/users/$provisioned"
  first=$(field data.id) user=/users/$first
  check 'user provisioned' [ "$(field data.name)" = Journey ]

  write PUT "$user" "{\"deptId\":$department}"
  is "/users/count?deptId=$department" total 1 || fail 1 'user moved: the count is wrong'
  check 'user moved' is "$user" data.deptId "$department"
  write PUT "$user" '{"status":1}'
  check 'user disabled' is "$user" data.status 1
  write PUT "$user" '{"status":0}'
  check 'user enabled' is "$user" data.status 0

  quota || fail 1 'quota: the sums do not hold'
  before=$personal
  write POST "/space/$first" '{"capacity":5,"type":1}'
  space=$(field data.containerId)
  write PUT "/space/$first" "{\"capacity\":7,\"type\":1,\"containerId\":$(quote "$space")}"
  check 'space created and changed' is "/space/$first?type=1&containerId=$(encode "$space")" data.capacity 7
  check 'quota adds up' quota
  if [ "$personal" != $((before + 7)) ]; then fail 1 'quota: the space is not in it'; fi

  write DELETE "$user"
  check 'user deleted' refused "$user" $NOT_FOUND
  write DELETE "/departments/$department"
  check 'department deleted' refused "/departments/$department" $NOT_FOUND
  provision_one "$phone"
  check 'phone provisioned again' [ "$provisioned" != "$first" ]
  write DELETE "/users/$provisioned"

  read_ /session/logoff
  check 'signed out' refused /session/auth 'HTTP 401'
  echo 'journey=done'
}

main "$@"
