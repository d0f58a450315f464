#!/bin/sh
# Brings a repository from its external Git server (the source) to the platform's GitLab. `mirror.sh -h` tells how.
# Needs git 2.31 or later and the usual POSIX tools with mktemp and timeout: any Linux image with git has them.
set -u
export LC_ALL=C

usage() {
  cat <<'END'
Usage: mirror.sh [-h]

Mirrors the repository PROJECT_NAME from its source to the platform's GitLab.
The platform follows the source: history that was rewritten there is rewritten
here. Only branches and tags are looked at, never other refs. Git LFS objects
and submodules stay where they are: what travels is the commits that name them.

Variables of a run
  PROJECT_NAME        the repository's name in this group; needed
  GIT_BRANCH_DEPLOY   the branch to mirror (default: main)
  SYNC_ALL            true: all branches and tags, and those that are gone at
                      the source are deleted here (default: false)
  MIRROR_TIMEOUT      seconds that a transfer may take (default: 3000)

Variables of the repository (environment scope: its name)
  GIT_INPUT_URL       the source, by https or http, without user and password
  GIT_INPUT_USER      its log-in; none for a public one. A password without a
  GIT_INPUT_PASSWORD  user is a token (user oauth2)
  GIT_INPUT_CA        file with the authority that its certificate is by, PEM
  GIT_OUTPUT_URL, GIT_OUTPUT_USER, GIT_OUTPUT_PASSWORD, GIT_OUTPUT_CA
                      the same for the repository on the platform; the password
                      is a token with the scope write_repository

Exit codes
   0  in sync, also when there was nothing to do
   1  a variable is missing or wrong; nobody was asked
   2  called wrongly
   4  in sync but for the platform's default branch, which is gone at the source
  10  the source refuses the log-in, or has no such repository
  11  the source is not reached: name, network, certificate, time-out
  12  the source has no such branch
  20  the platform refuses the log-in, or has no such repository
  21  the platform is not reached
  22  the platform refuses a branch or a tag; the others have arrived
  70  git fails, for a reason that is shown
END
}

problems=0
problem() { # message, fix
  problems=$((problems + 1))
  printf 'error: %s\n  fix: %s\n' "$1" "$2" >&2
}

fail() { # exit code, message, fix
  problem "$2" "$3"
  exit "$1"
}

check_run() {
  case $PROJECT_NAME in
  '') problem "PROJECT_NAME is not set" "start the pipeline with PROJECT_NAME, the repository's name in this group" ;;
  mirror) problem "PROJECT_NAME is mirror, which is this repository" "name the repository that is to be mirrored" ;;
  [!A-Za-z0-9_]* | *[!A-Za-z0-9_.-]* | *.git | *.atom)
    problem "PROJECT_NAME is no name of a repository" "letters, digits, _, . and -, as in the address of the repository" ;;
  esac
  case $SYNC_ALL in true | false) ;; *) problem "SYNC_ALL is $SYNC_ALL" "set it to true or false" ;; esac
  case $branch in -*) false ;; *) git check-ref-format "refs/heads/$branch" ;; esac ||
    problem "GIT_BRANCH_DEPLOY is no name of a branch: $branch" "write it as git branch shows it: main, feature/cart"
  case $MIRROR_TIMEOUT in '' | 0* | *[!0-9]*) problem "MIRROR_TIMEOUT is no number of seconds" "write it as 3000" ;; esac
}

check_side() { # GIT_INPUT or GIT_OUTPUT, URL, user, password, file of the authority
  check_url "$1" "$2"
  case $4 in *"$newline"*) problem "$1_PASSWORD has more than one line" "set it again, without a line end" ;; esac
  [ -z "$3" ] || [ -n "$4" ] || problem "$1_PASSWORD is not set, and $1_USER is" "set it, masked: $(where_to_set)"
  case $2 in http://*) [ -z "$4" ] || printf 'warning: %s_PASSWORD travels unencrypted\n' "$1" >&2 ;; esac
  [ -z "$5" ] || [ -r "$5" ] || problem "$1_CA names no file" "give it the type File, and the PEM text as its value"
}

newline='
'

where_to_set() {
  echo "in CI/CD variables of the project mirror, with the environment scope ${PROJECT_NAME:-NAME-OF-THE-REPOSITORY}"
}

check_url() { # GIT_INPUT or GIT_OUTPUT, URL; it is not printed before this, as a password may be in it
  case $2 in
  '') problem "$1_URL is not set" "set it $(where_to_set)" ;;
  *@*) problem "$1_URL has an @: a user or a password" "take it out, and set $1_USER and $1_PASSWORD; in a path it is %40" ;;
  https:///* | http:///* | *[!][A-Za-z0-9._~/:%+,=-]*)
    problem "$1_URL is no URL of a repository" "write it as https://host/group/repository.git" ;;
  https://*/?* | http://*/?*) ;;
  *) problem "$1_URL is no URL by https or http" "write it as https://host/group/repository.git: that alone is mirrored" ;;
  esac
}

# Wrong variables of another repository would overwrite the wrong one.
check_output() {
  [ -n "$output_password" ] || problem "GIT_OUTPUT_PASSWORD is not set" "set it, masked, $(where_to_set); where it is \
protected, start the pipeline on a protected branch"
  case $output_url/$PROJECT_NAME in /* | */ | */"$PROJECT_NAME/$PROJECT_NAME" | */"$PROJECT_NAME.git/$PROJECT_NAME") ;;
  *) problem "GIT_OUTPUT_URL is of another repository than $PROJECT_NAME" "set the right one $(where_to_set)" ;;
  esac
  [ -z "$output_url" ] || [ "${input_url%.git}" != "${output_url%.git}" ] ||
    problem "GIT_INPUT_URL and GIT_OUTPUT_URL are the same repository" "set GIT_INPUT_URL to the external one"
}

synchronise() { # gives 1 where only a broken cache can be the cause
  use source
  list_refs "$work/source"
  if ! [ -s "$work/source" ]; then
    echo "the source is empty: the platform is left as it is"
    return 0
  fi
  want <"$work/source" >"$work/want"
  [ -s "$work/want" ] || no_such_branch
  use platform
  list_refs "$work/platform"
  plan
  set_default_branch_aside
  if ! [ -s "$work/plan" ]; then
    echo "the platform has what the source has: nothing to do"
    return 0
  fi
  use source
  open_repository && fetch || return 1
  # The source may have moved on since it was asked.
  local_git for-each-ref --format='%(objectname) %(refname)' refs/heads refs/tags >"$work/fetched" 2>"$work/words" || return 1
  want <"$work/fetched" >"$work/want"
  plan
  set_default_branch_aside
  use platform
  [ ! -s "$work/plan" ] || deliver_plan
}

no_such_branch() {
  branches=$(sed -n 's|.*refs/heads/||p' "$work/source" | head -n 50 | paste -s -d, - | sed 's/,/, /g')
  printf '  the branches of the source: %s\n' "${branches:-none}" >&2
  hint="set GIT_BRANCH_DEPLOY to one of them"
  ! awk '{ print $2 }' "$work/source" | grep -Fqx "refs/tags/$branch" || hint="it is a tag: tags come with SYNC_ALL=true"
  fail 12 "the source has no branch $branch" "$hint"
}

case ${1-} in
'') ;;
-h | --help) usage && exit ;;
*)
  problem "mirror.sh takes no arguments: $1" "set variables; mirror.sh -h tells which"
  exit 2
  ;;
esac
folder=$(dirname "$0")
# shellcheck source=mirror/repository/remote.sh
. "$folder/remote.sh"
# shellcheck source=mirror/repository/refs.sh
. "$folder/refs.sh"
PROJECT_NAME=${PROJECT_NAME:-} branch=${GIT_BRANCH_DEPLOY:-main} SYNC_ALL=${SYNC_ALL:-false}
MIRROR_TIMEOUT=${MIRROR_TIMEOUT:-3000}
input_url=${GIT_INPUT_URL:-} input_password=${GIT_INPUT_PASSWORD:-} input_user=${GIT_INPUT_USER:-} input_ca=${GIT_INPUT_CA:-}
output_url=${GIT_OUTPUT_URL:-} output_password=${GIT_OUTPUT_PASSWORD:-} output_user=${GIT_OUTPUT_USER:-}
# GitLab's runners have the platform's authority where they need one themselves.
output_ca=${GIT_OUTPUT_CA:-${CI_SERVER_TLS_CA_FILE:-}}
forget_environment
check_run
check_side GIT_INPUT "$input_url" "$input_user" "$input_password" "$input_ca"
check_side GIT_OUTPUT "$output_url" "$output_user" "$output_password" "$output_ca"
check_output
[ "$problems" = 0 ] || exit 1

work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT
trap 'exit 143' INT TERM
repository=${CI_PROJECT_DIR:-$PWD}/.mirror/$PROJECT_NAME.git
echo "source: $input_url"
echo "platform: $output_url"
attempts=3
while :; do
  refused=0 kept='' raced=no cached=no
  [ ! -d "$repository" ] || cached=yes
  if ! synchronise; then
    [ "$cached" = yes ] || { words; fail 70 "git fails here" "read its words above"; }
    echo "what an earlier run kept is broken: everything is fetched anew"
    rm -rf "$repository"
  elif [ "$raced" = no ]; then
    break
  elif [ "$((attempts -= 1))" = 0 ]; then
    fail 22 "somebody else changes the same branches of the platform" "see who pushes there: only the mirror should"
  fi
done
if [ -n "$kept" ]; then
  printf 'warning: the branch %s is gone at the source, and stays on the platform as the default branch there\n' "$kept" >&2
  printf '  fix: choose another default branch in Settings, Repository of the project %s\n' "$PROJECT_NAME" >&2
fi
[ "$refused" = 0 ] || exit 22
[ -z "$kept" ] || exit 4
