# A client of KooDrive, to be sourced: signs, sends, repeats what is safe to repeat. bash, curl 7.55 or later, openssl and
# POSIX tools; no jq. Settings: ../README.md. The program that sources it sets USAGE, and work to a folder of its own.
BASE=/koodrive/ose/v1
SIGNED_HEADERS='host;x-date;x-user-id'
ATTEMPTS=8 FIRST_WAIT_MS=200 LONGEST_WAIT_MS=5000 REQUEST_TIMEOUT=30

log() { printf '%s\n' "$*" >&2; }

# Exit code 2: usage; 3: the service refuses or cannot be reached.
fail() {
  log "$2"
  if [ "$1" = 2 ]; then log "$USAGE"; fi
  exit "$1"
}

setting() { # VARIABLE NAME DEFAULT PATTERN
  local name=KOODRIVE_$2
  local value=${!name:-$3}
  [[ $value =~ ^($4)$ ]] || fail 2 "$name must match $4"
  printf -v "$1" %s "$value"
}
setting endpoint ENDPOINT http://127.0.0.1:4010 'https?://[^/?#@]+[^?#]*'
while [[ $endpoint == */ ]]; do endpoint=${endpoint%/}; done
setting app_id APP_ID 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef '.*'
setting app_secret APP_SECRET koodrive-mock-app-secret '.*'
setting user_id USER_ID 1505084218764547200 '.*'
setting token ACCESS_TOKEN mock-admin-token '.*'
setting dept_id DEPT_ID 1575416580416769793 '[1-9][0-9]{0,18}' # beyond 2^53: stays text
setting deadline DEADLINE 600 '[0-9]{1,6}'
deadline=$((SECONDS + 10#$deadline))
clock_offset=0 # the service's clock minus ours

# ---- signing --------------------------------------------------------------------------------------------------------

hex() { od -An -v -tx1 | tr -d ' \n'; }
sha256() { openssl dgst -sha256 -r | cut -c1-64; }

# openssl takes the key of an HMAC as an argument, which every user of the machine can read. So: HMAC as it is defined.
hmac_pads() {
  local key byte i
  key=$(printf %s "$app_secret" | hex)
  if [ ${#key} -gt 128 ]; then key=$(printf %s "$app_secret" | sha256); fi
  inner='' outer=''
  for ((i = 0; i < 128; i += 2)); do
    byte=${key:i:2}
    printf -v inner '%s\\x%02x' "$inner" $((16#${byte:-0} ^ 0x36))
    printf -v outer '%s\\x%02x' "$outer" $((16#${byte:-0} ^ 0x5c))
  done
}
hmac() {
  local digest
  digest=$( (printf %b "$inner" && cat) | sha256 | sed 's/../\\x&/g')
  printf %b "$outer$digest" | sha256
}
hmac_pads

# RFC 3986: all but A-Z a-z 0-9 - _ . ~ is encoded. Decoding first keeps %20 from becoming %2520.
encode() {
  local raw=${1//\\/%5C} byte
  if [[ ! $raw =~ [^A-Za-z0-9._~-] ]]; then printf %s "$raw" && return; fi
  for byte in $(printf %b "${raw//%/\\x}" | od -An -v -tx1); do
    case $byte in
      2d | 2e | 5f | 7e | 3[0-9] | 4[1-9a-f] | 5[0-9a] | 6[1-9a-f] | 7[0-9a]) printf %b "\\x$byte" ;;
      *) printf %%%s "$byte" | tr a-f A-F ;;
    esac
  done
}

authorization() { # METHOD URL HOST DATE; the body is on standard input
  local target=${2#*://} canonical_path='' query='' canonical_request hash pair part
  hash=$(sha256)
  while IFS= read -r part; do
    canonical_path+=/$(encode "$part")
  done < <(tr / '\n' <<<"${target%%\?*}" | sed -e 1d -e '/^$/d')
  if [[ $target == *\??* ]]; then
    query=$(tr '&' '\n' <<<"${target#*\?}" | while IFS= read -r pair; do
      if [[ $pair == *=* ]]; then part=${pair#*=}; else part=''; fi
      if [ -n "$pair" ]; then printf '%s=%s\n' "$(encode "${pair%%=*}")" "$(encode "$part")"; fi
    done | sort -t= -k1,1 -k2 | paste -sd'&' -)
  fi
  # The path is signed with a trailing slash, and sent without. Every header ends its own line and the block ends once
  # more: an empty line.
  printf -v canonical_request '%s\n%s/\n%s\nhost:%s\nx-date:%s\nx-user-id:%s\n\n%s\n%s' \
    "$(tr a-z A-Z <<<"$1")" "$canonical_path" "$query" "$3" "$4" "$user_id" "$SIGNED_HEADERS" "$hash"
  # Two lines: the date line of the vendor's SDK-HMAC-SHA256 does not exist here.
  hash=$(printf %s "$canonical_request" | sha256)
  printf 'HMAC-SHA256 AppId=%s,SignedHeaders=%s,Signature=%s' "$app_id" "$SIGNED_HEADERS" \
    "$(printf 'HMAC-SHA256\n%s' "$hash" | hmac)"
}

x_date() { date -u -d "@$1" +%Y%m%dT%H%M%SZ 2>/dev/null || date -u -r "$1" +%Y%m%dT%H%M%SZ; }

host_of() { # as on the wire: without a default port
  local host=${1#*://}
  host=${host%%[/?]*}
  case $1 in https:*) printf %s "${host%:443}" ;; *) printf %s "${host%:80}" ;; esac
}

# ---- JSON -----------------------------------------------------------------------------------------------------------

# One line a scalar: its path, a tab, its text (data.registerList.0.phone). Fails on anything but one whole object.
flatten() {
  awk '
    function unquote(s,   code) {
      if (s !~ /^"/) return s == "null" ? "" : s
      s = substr(s, 2, length(s) - 2)
      if (s !~ /\\/) return s
      gsub(/\\\\/, "\001", s); gsub(/\\"/, "\"", s); gsub(/\\\//, "/", s); gsub(/\\[bfnrt]/, " ", s)
      while (match(s, /\\u00[2-7][0-9a-fA-F]/)) { # other \uXXXX stay as they are: they only occur in texts to show
        code = tolower(substr(s, RSTART + 4, 2))
        code = 16 * substr(code, 1, 1) + index("0123456789abcdef", substr(code, 2)) - 1
        s = substr(s, 1, RSTART - 1) sprintf("%c", code) substr(s, RSTART + 6)
      }
      gsub(/\001/, "\\\\", s)
      return s
    }
    { text = text $0 " " }
    END {
      if (text !~ /^[ \t\r]*\{/) exit 1
      while (match(text, /"([^"\\]|\\.)*"|[][{},:]|[^][{},:" \t\r]+/)) {
        token = substr(text, RSTART, RLENGTH); text = substr(text, RSTART + RLENGTH)
        if (token == "{" || token == "[") { kind[++depth] = token; key[depth] = 0; naming = token == "{" }
        else if (token == "}" || token == "]") depth--
        else if (token == ":") naming = 0
        else if (token == ",") { if (kind[depth] == "[") key[depth]++; else naming = 1 }
        else if (naming) key[depth] = unquote(token)
        else {
          path = key[1]
          for (i = 2; i <= depth; i++) path = path "." key[i]
          print path "\t" unquote(token)
        }
      }
      exit depth != 0
    }'
}
field() { awk -F'\t' -v path="$1" '$1 == path { sub(/^[^\t]*\t/, ""); print; exit }' "$work/flat"; }
quote() {
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  printf '"%s"' "${text//$'\t'/\\t}"
}

# ---- HTTP -----------------------------------------------------------------------------------------------------------

header() {
  tr -d '\r' <"$work/headers" |
    awk -v name="$1" '{ i = index($0, ":") } tolower(substr($0, 1, i - 1)) == name { v = substr($0, i + 1) }
      END { sub(/^[ \t]+/, "", v); sub(/[ \t]+$/, "", v); print v }'
}

# One request. Sets status (0: no answer), ok, never_sent, retry_after ('' if none) and said, and puts the scalars into
# $work/flat. No redirect is followed: a signature is good for one path only.
exchange() { # METHOD URL; headers on standard input, since arguments can be read by every user of the machine
  local exit_code=0 usable=1 diagnosis
  : >"$work/headers" && : >"$work/body"
  status=$(curl -q -gsS --http1.1 -X "$1" -H @- ${body:+--data-binary @"$work/request"} -m $REQUEST_TIMEOUT \
    -D "$work/headers" -o "$work/body" -w '%{http_code}' "$2" 2>"$work/error") || exit_code=$?
  never_sent='' retry_after='' ok=''
  if [ $exit_code != 0 ]; then
    status=0 said="no answer: $(tail -n 1 "$work/error")"
    if [ $exit_code = 6 ] || [ $exit_code = 7 ]; then never_sent=yes; fi # neither resolved nor connected
    return
  fi
  flatten <"$work/body" >"$work/flat" || usable=''
  # A gateway in front names them error_code and error_msg.
  said="HTTP $status, code $(field code)$(field error_code): $(field msg)$(field error_msg)"
  if [ -z "$usable" ]; then said="HTTP $status, not a JSON object"; fi
  diagnosis=$(header x-mock-diagnosis)
  said+=${diagnosis:+$'\n'X-Mock-Diagnosis: $diagnosis}
  if [ "$status" = 200 ] && [ -z "$usable" ]; then status=broken; fi
  # code is a number in the examples of the reference and a string in its tables; here both are text.
  if [ "$status" = 200 ] && [ "$(field code)" = 0 ]; then ok=yes; fi
  if [ "$status" = 429 ] || [ "$status" = 503 ]; then retry_after=$(header retry-after); fi
  if [[ ! $retry_after =~ ^[0-9]{1,9}$ ]]; then retry_after=''; fi
}


pause() { sleep "$(($1 / 1000)).$(printf %03d $(($1 % 1000)))"; }
longer() { echo $(($1 * 3 / 2 < LONGEST_WAIT_MS ? $1 * 3 / 2 : LONGEST_WAIT_MS)); }
too_late() { [ $((SECONDS * 1000 + $1)) -gt $((deadline * 1000)) ]; }

headers() { # signed|token|anonymous METHOD URL SECONDS
  local host date
  host=$(host_of "$3") date=$(x_date "$4")
  printf 'Content-Type: application/json\nHost: %s\n' "$host"
  if [ "$1" = signed ]; then
    printf 'X-Date: %s\nX-User-Id: %s\nAuthorization: ' "$date" "$user_id"
    authorization "$2" "$3" "$host" "$date" <"$work/request"
  elif [ "$1" = anonymous ]; then
    return
  elif [[ $token == Bearer* ]]; then # a token that brings its own scheme is sent as it is
    printf 'Authorization: %s' "$token"
  else # as the pages print it
    printf 'Authorization: Bearer+%s' "$token"
  fi
}

# One operation. A failure that may pass (throttled, 5xx, no answer) is retried where that is safe: a read always, a
# write if it was turned away (see below). Returns 1 if not: the write may have taken effect or not. Sets failure.
call() { # signed|token|anonymous METHOD PATH?QUERY [BODY]
  local url=$endpoint$BASE$3 body=${4-} wait=$FIRST_WAIT_MS attempt=1 clock_taken='' token_renewed='' sent_at ms
  printf %s "$body" >"$work/request"
  while true; do
    sent_at=$(($(date +%s) + clock_offset)) # whole seconds: a date later than the service's now is refused
    exchange "$2" "$url" < <(headers "$1" "$2" "$url" "$sent_at")
    if [ -n "$ok" ]; then return 0; fi
    failure="$2 ${3%%\?*}: $said"
    # The status page counts failed authentication under 400 too; Date tells whether the clock is to blame.
    if [[ $1$clock_taken$status =~ ^signed(400|401|403)$ ]] && take_clock "$sent_at"; then
      clock_taken=yes
    elif [ "$1$token_renewed$status" = token401 ]; then
      renew_token
      token_renewed=yes
    elif [[ ! $status =~ ^(0|429|5..|broken)$ ]]; then
      fail 3 "$failure"
    elif [[ $2 != GET && $3 != */preverify && ! $status$never_sent =~ ^(429|0yes)$ && -z $retry_after ]]; then
      return 1
    else
      ms=$((10#${retry_after:-0} * 1000 > wait ? 10#${retry_after:-0} * 1000 : wait))
      if [ $attempt = $ATTEMPTS ] || too_late $ms; then fail 3 "$failure"$'\n'"Given up at attempt $attempt."; fi
      pause $ms
      wait=$(longer $wait)
      attempt=$((attempt + 1))
    fi
  done
}

take_clock() { # SECONDS
  local date served_at ahead
  date=$(header date)
  if [[ $date != *GMT ]]; then return 1; fi
  served_at=$(date -u -d "$date" +%s 2>/dev/null || date -u -j -f '%a, %d %b %Y %T GMT' "$date" +%s) || return 1
  ahead=$(($1 - served_at))
  if [ $ahead -le 0 ] && [ $ahead -ge -5 ]; then return 1; fi
  clock_offset=$((served_at - $(date +%s) - 1)) # one off, for the fractions that neither clock shows
  log "our date was $(printf %+d $ahead) s from the service's; signing with its clock from now on"
}

renew_token() {
  token=$(sh -c "${KOODRIVE_TOKEN_COMMAND:-exit 1}") && [ -n "$token" ] || fail 3 "$failure
The access token is not accepted; it lives 20 minutes. Set a fresh one in KOODRIVE_ACCESS_TOKEN, or a command that \
prints one in KOODRIVE_TOKEN_COMMAND."
}
