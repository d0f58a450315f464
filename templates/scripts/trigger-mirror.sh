#!/bin/sh
# Starts the platform's mirror of a repository from outside, and waits for it where that is wanted. Needs curl.
set -u

usage() {
  cat <<'END'
Usage: trigger-mirror.sh -a API_URL -i PROJECT_ID -r REPO [-b BRANCH] [-s] [-w] [-g TRIGGER_TOKEN]

Starts a pipeline of the platform's project mirror, which fetches the repository.

  -a  the platform's GitLab: https://gitlab.example.org
  -i  number of the project mirror, or its path: acme/shop/mirror
  -r  name of the repository in that group
  -b  branch to mirror (default: main)
  -s  all branches and tags, not one branch
  -w  waits until the pipeline has ended; wait-for-pipeline.sh has to lie beside
  -g  trigger token; better by MIRROR_TRIGGER_TOKEN, which no process list shows

Environment
  MIRROR_TRIGGER_TOKEN  token of a pipeline trigger of the project mirror
  PLATFORM_READ_TOKEN   for -w: token with the scope read_api, role Reporter
  PLATFORM_CA           file with the authority of the platform's certificate
  PLATFORM_RETRIES      how often to try again, 5 s apart, when the platform is
                        not reached (default: 12)

Exit codes: 0 started (-w: and succeeded); 1 something is missing; 2 called
wrongly; 20 the platform refuses; 21 it is not reached; with -w also those of
wait-for-pipeline.sh.
END
}

fail() { # exit code, message, fix
  printf 'error: %s\n  fix: %s\n' "$2" "$3" >&2
  exit "$1"
}

api='' project='' repository='' branch=main all=false wait=no token=${MIRROR_TRIGGER_TOKEN:-}
while getopts a:b:g:i:r:swh option; do
  case $option in
  a) api=${OPTARG%/} ;;
  b) branch=$OPTARG ;;
  g) token=$OPTARG ;;
  i) project=$OPTARG ;;
  r) repository=$OPTARG ;;
  s) all=true ;;
  w) wait=yes ;;
  h) usage && exit 0 ;;
  *) usage >&2 && exit 2 ;;
  esac
done
shift $((OPTIND - 1))
[ $# = 0 ] || fail 2 "it takes no argument $1" "trigger-mirror.sh -h tells what it takes"
case $api in https://?* | http://?*) ;; *) fail 1 "-a is no address of a GitLab" "write it as https://gitlab.example.org" ;; esac
case $api in *@*) fail 1 "-a holds a user or a password" "take it out: the token is all that is needed" ;; esac
[ -n "$project" ] || fail 1 "-i is missing" "give the number of the project mirror: it is shown under its name"
[ -n "$repository" ] || fail 1 "-r is missing" "give the repository's name in the platform's group"
[ -n "$token" ] || fail 1 "MIRROR_TRIGGER_TOKEN is not set" "set it as a masked variable: a trigger of the project mirror has it"

body=$(mktemp) || exit 1
trap 'rm -f "$body"' EXIT
path=$(printf %s "$project" | sed 's|/|%2F|g')
# The token goes by standard input.
status=$(printf %s "$token" | curl --silent --show-error --max-time 60 ${PLATFORM_CA:+--cacert "$PLATFORM_CA"} \
  --retry "${PLATFORM_RETRIES:-12}" --retry-delay 5 --retry-connrefused --output "$body" --write-out '%{http_code}' \
  --data-urlencode token@- --data-urlencode ref=main --data-urlencode "variables[PROJECT_NAME]=$repository" \
  --data-urlencode "variables[GIT_BRANCH_DEPLOY]=$branch" --data-urlencode "variables[SYNC_ALL]=$all" \
  "$api/api/v4/projects/$path/trigger/pipeline") ||
  fail 21 "$api is not reached" "check -a, the network, and PLATFORM_CA where its authority is a private one"
case $status in
2*) ;;
401 | 403 | 404) fail 20 "the platform answers $status: $(cat "$body")" \
  "check -i, and that the trigger token is of that project and was not deleted" ;;
5*) fail 21 "the platform answers $status" "try again later" ;;
*) fail 20 "the platform answers $status: $(cat "$body")" "read its words; the pipeline's variables must be allowed there" ;;
esac
pipeline=$(sed -n 's/^[^"]*"id":\([0-9]*\).*/\1/p' "$body")
[ -n "$pipeline" ] || fail 20 "the platform's answer names no pipeline" "check that -a is GitLab itself and no page before it"
echo "pipeline $pipeline mirrors $repository: $(grep -o 'https*://[^"]*/pipelines/[0-9]*' "$body" | head -n 1)"
[ "$wait" = no ] || exec "$(dirname "$0")/wait-for-pipeline.sh" -a "$api" -i "$project" -p "$pipeline"
