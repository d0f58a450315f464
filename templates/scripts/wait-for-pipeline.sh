#!/bin/sh
# Waits for a pipeline of the platform, and shows what a failed one says. Needs curl.
set -u

usage() {
  cat <<'END'
Usage: wait-for-pipeline.sh -a API_URL -i PROJECT (-c COMMIT [-b BRANCH] | -p PIPELINE_ID) [-t SECONDS]

  -a  the platform's GitLab: https://gitlab.example.org
  -i  number or path of the project: acme/shop/api
  -c  the latest pipeline of this commit, also when it is yet to come
  -b  the branch that was mirrored: where it has moved on without a pipeline of
      the commit, there is none to wait for
  -p  this pipeline
  -t  how long to wait (default: 1800)

Environment
  PLATFORM_READ_TOKEN  token with the scope read_api, role Reporter
  PLATFORM_CA          file with the authority of the platform's certificate
  POLL_SECONDS         between two looks (default: 5)

Exit codes: 0 it succeeded; 1 something is missing; 2 called wrongly; 3 it
failed, was canceled or waits for somebody; 5 it did not end in time, or there
is none; 6 a later commit was mirrored at once; 20 the platform refuses; 21 it
was not reached all the time.
END
}

fail() { # exit code, message, fix
  printf 'error: %s\n  fix: %s\n' "$2" "$3" >&2
  exit "$1"
}

get() { # path below the project, file: prints the status
  printf 'PRIVATE-TOKEN: %s' "$token" | curl --silent --max-time 30 ${PLATFORM_CA:+--cacert "$PLATFORM_CA"} --globoff \
    --header @- --output "$2" --write-out '%{http_code}' "$api/api/v4/projects/$path$1"
}

show_failed_job() {
  [ "$(get "/pipelines/$pipeline/jobs?scope[]=failed&per_page=1" "$body")" = 200 ] || return 0
  job=$(sed -n 's/^\[{"id":\([0-9]*\).*/\1/p' "$body")
  name=$(sed -n 's/^[^[]*\[{[^{}]*"name":"\([^"]*\)".*/\1/p' "$body")
  [ -n "$job" ] && [ "$(get "/jobs/$job/trace" "$body")" = 200 ] || return 0
  printf 'the end of the log of the job %s:\n' "$name" >&2
  tail -n 20 "$body" >&2
}

# A mirror brings the branch, and with it commits that were pushed in the meantime: the platform builds the last one.
stop_when_overtaken() {
  [ -n "$branch" ] && [ "$(get "/repository/branches/$branch" "$body")" = 200 ] || return 0
  head=$(sed -n 's/.*"commit":{"id":"\([0-9a-f]*\)".*/\1/p' "$body")
  case $head in '' | "$commit"*) return 0 ;; esac
  [ "$(get "/repository/commits/$commit" "$body")" = 200 ] || return 0
  fail 6 "the platform was given $head at once, which was pushed after $commit" "nothing: that commit has its own delivery"
}

api='' project='' branch='' commit='' pipeline='' seconds=1800 token=${PLATFORM_READ_TOKEN:-}
while getopts a:b:c:i:p:t:h option; do
  case $option in
  a) api=${OPTARG%/} ;;
  b) branch=$(printf %s "$OPTARG" | sed 's|/|%2F|g') ;;
  c) commit=$OPTARG ;;
  i) project=$OPTARG ;;
  p) pipeline=$OPTARG ;;
  t) seconds=$OPTARG ;;
  h) usage && exit 0 ;;
  *) usage >&2 && exit 2 ;;
  esac
done
case $api in https://?* | http://?*) ;; *) fail 1 "-a is no address of a GitLab" "write it as https://gitlab.example.org" ;; esac
[ -n "$project" ] || fail 1 "-i is missing" "give the number or the path of the project"
[ -n "$commit$pipeline" ] || fail 1 "-c and -p are missing" "give the commit, or the number of the pipeline"
case $seconds in '' | *[!0-9]*) fail 1 "-t is no number of seconds" "write it as 1800" ;; esac
[ -n "$token" ] || fail 1 "PLATFORM_READ_TOKEN is not set" "set it as a masked variable: a token with the scope read_api"

body=$(mktemp) || exit 1
trap 'rm -f "$body"' EXIT
path=$(printf %s "$project" | sed 's|/|%2F|g')
what="pipeline ${pipeline:-of $commit}" seen=none deadline=$(($(date +%s) + seconds))
while :; do
  if [ -n "$pipeline" ]; then answer=$(get "/pipelines/$pipeline" "$body"); else
    answer=$(get "/pipelines?sha=$commit&order_by=id&sort=desc&per_page=1" "$body")
  fi
  state='not reached'
  case $answer in
  200) state=$(grep -o '"status":"[a-z_]*"' "$body" | head -n 1 | cut -d '"' -f 4) ;;
  401 | 403 | 404) fail 20 "the platform answers $answer: $(cat "$body")" \
    "check -i, and that PLATFORM_READ_TOKEN has not expired, has the scope read_api and the role Reporter there" ;;
  4*) [ "$answer" = 429 ] || fail 20 "the platform answers $answer: $(cat "$body")" "read its words" ;;
  esac
  if [ -n "$state" ] && [ "$answer" = 200 ]; then
    pipeline=$(sed -n 's/^[^"]*"id":\([0-9]*\).*/\1/p' "$body")
    page=$(grep -o 'https*://[^"]*/pipelines/[0-9]*' "$body" | head -n 1)
    what="pipeline $pipeline ($page)"
  fi
  [ "$state" = "$seen" ] || echo "$what: ${state:-not there yet}"
  seen=$state
  case $state in
  '') stop_when_overtaken ;;
  success) exit 0 ;;
  failed) show_failed_job && fail 3 "$what failed" "see its log" ;;
  canceled | skipped) fail 3 "$what was $state" "start it again" ;;
  manual) fail 3 "$what waits for somebody" "start its manual job" ;;
  esac
  if [ "$(date +%s)" -ge "$deadline" ]; then
    case $state in
    '') fail 5 "there is no pipeline of the commit $commit" "check that it was mirrored, and that it holds the CI file" ;;
    'not reached') fail 21 "$api is not reached" "check -a, the network, and PLATFORM_CA where its authority is private" ;;
    *) fail 5 "$what is $state after $seconds s" "wait longer with -t, or see there what holds it up" ;;
    esac
  fi
  sleep "${POLL_SECONDS:-5}"
done
