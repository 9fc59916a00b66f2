#!/bin/sh
# Runs every file of this folder: sh run.sh [BASE_URL]. Needs hurl and koodrive-mock; SIGNER is how the latter is called.
set -e
cd "$(dirname "$0")"
base=$1
[ -n "$base" ] || base=$(sed -n 's/^base_url=//p' mock.vars)
signer=$SIGNER
[ -n "$signer" ] || signer='npx koodrive-mock'
[ -n "$KOODRIVE_USER_ID" ] || KOODRIVE_USER_ID=$(sed -n 's/^user_id=//p' mock.vars)
export KOODRIVE_USER_ID

# run FILE [HURL OPTION...]: a file with the variables of mock.vars.
run() {
  file=$1
  shift
  hurl --test --variables-file mock.vars --variable "base_url=$base" --variable "user_id=$KOODRIVE_USER_ID" "$@" "$file"
}

# run_signed FILE METHOD TARGET [BODY]: the same, with the headers of a signed request, and the body that was signed.
run_signed() {
  if [ $# -gt 3 ]; then headers=$($signer sign "$2" "$base$3" --headers --data "$4")
  else headers=$($signer sign "$2" "$base$3" --headers); fi
  run "$1" --variable "x_date=$(echo "$headers" | sed -n 's/^X-Date: //p')" \
    --variable "authorization=$(echo "$headers" | sed -n 's/^Authorization: //p')" --variable "body=$4"
}

run_signed create-batch-provisioning-task.hurl POST '/koodrive/ose/v1/user/batchRegister/create' '{"userList":[{"firstname":"1204","surname":"1204","phone":"1884609076404","email":"1024@12.com","password":"Q!@1assword"},{"firstname":"1205","surname":"1205","phone":"1884609076405","email":"1052@12.com","password":"paO2*ssword"}]}'
run_signed query-batch-provisioning.hurl GET '/koodrive/ose/v1/user/batchRegister/get?taskId=1882735962480556672&cursor=0&pageSize=1'
run preverify-batch-import.hurl
run list-users.hurl
run list-user-spaces.hurl
run provision-and-poll.hurl
run journey.hurl
run refusals.hurl
run own-sandbox.hurl
