#!/bin/sh
# Sets the image's tag in the infra repository by `factory bump`, and pushes that. Needs git 2.31 and Node.js 20.
set -u

usage() {
  cat <<'END'
Usage: update-image.sh

Environment
  INFRA_URL      the external infra repository, by https, without user
  INFRA_USER     its log-in: a user and a token that may push
  INFRA_TOKEN
  INFRA_BRANCH   (default: main)
  INFRA_FILES    files to change, with spaces between: kustomization.yaml, a
                 Helm values file, a manifest
  IMAGE          the image without tag, as these files name it
  IMAGE_PATH     instead of IMAGE or to choose among several places: image.tag
  IMAGE_TAG      the tag to set
  FACTORY        the command `factory`, where the image of this job has it
  FACTORY_URL    else: the Git repository of gitops-factory
  FACTORY_VERSION  and its tag or branch

Exit codes: 0 changed and pushed; 3 that tag is there already, so that nothing
will be redeployed; 1 something is missing or wrong, nothing was pushed.
END
}

fail() { # message, fix
  printf 'error: %s\n  fix: %s\n' "$1" "$2" >&2
  exit 1
}

case ${1-} in -h | --help) usage && exit 0 ;; ?*) usage >&2 && exit 2 ;; esac
: "${INFRA_URL:=}" "${INFRA_USER:=oauth2}" "${INFRA_TOKEN:=}" "${INFRA_BRANCH:=main}" "${INFRA_FILES:=}"
: "${IMAGE:=}" "${IMAGE_PATH:=}" "${IMAGE_TAG:=}" "${FACTORY:=}" "${FACTORY_URL:=}" "${FACTORY_VERSION:=}"
case $INFRA_URL in
*@*) fail "INFRA_URL holds a user or a password" "take it out, and set INFRA_USER and INFRA_TOKEN" ;;
https://?*/?* | http://?*/?*) ;;
*) fail "INFRA_URL is no URL of a repository" "write it as https://host/group/repository.git" ;;
esac
[ -n "$INFRA_TOKEN" ] || fail "INFRA_TOKEN is not set" "set it as a masked variable: a token that may push to the infra repository"
[ -n "$INFRA_FILES" ] || fail "INFRA_FILES is not set" "name the files that hold the image: overlays/dev/kustomization.yaml"
[ -n "$IMAGE$IMAGE_PATH" ] || fail "IMAGE is not set" "name the image without tag: harbor.example.org/acme/shop"
[ -n "$IMAGE_TAG" ] || fail "IMAGE_TAG is not set" "set it to the tag that the platform builds: the commit's first 8 digits"

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
if [ -z "$FACTORY" ]; then
  case $FACTORY_VERSION/$FACTORY_URL in /* | */)
    fail "neither FACTORY nor FACTORY_URL and FACTORY_VERSION are set" "set where gitops-factory is, and its version" ;;
  esac
  git clone --quiet --depth 1 --branch "$FACTORY_VERSION" -- "$FACTORY_URL" "$work/factory" ||
    fail "factory cannot be cloned" "check FACTORY_URL and FACTORY_VERSION; it is cloned without a log-in"
  npm ci --prefix "$work/factory" --omit=dev --no-audit --no-fund --loglevel=error >&2 ||
    fail "the packages of factory cannot be installed" "see npm's words above; this job needs a registry of npm packages"
  FACTORY="node $work/factory/bin/factory.js"
fi

# git asks the helper for the log-in, so that no argument and no file holds it.
host=${INFRA_URL#*://}
host=${INFRA_URL%%://*}://${host%%/*}
export INFRA_USER INFRA_TOKEN GIT_TERMINAL_PROMPT=0 GIT_CONFIG_COUNT=2
export GIT_CONFIG_KEY_0=credential.helper GIT_CONFIG_VALUE_0='' GIT_CONFIG_KEY_1="credential.$host.helper"
# shellcheck disable=SC2016 # It is expanded by the shell that git starts.
export GIT_CONFIG_VALUE_1='!f() { test "$1" = get && printf "username=%s\npassword=%s\n" "$INFRA_USER" "$INFRA_TOKEN"; }; f'
git clone --quiet --single-branch --branch "$INFRA_BRANCH" "$INFRA_URL" "$work/infra" ||
  fail "the infra repository cannot be cloned" "check INFRA_URL, INFRA_BRANCH, and that INFRA_TOKEN has not expired"
cd "$work/infra" || exit 1
git config user.name "${GIT_AUTHOR_NAME:-image update}"
git config user.email "${GIT_AUTHOR_EMAIL:-image-update@localhost}"
set -- --tag "$IMAGE_TAG" --push
[ -z "$IMAGE" ] || set -- --image "$IMAGE" "$@"
[ -z "$IMAGE_PATH" ] || set -- --path "$IMAGE_PATH" "$@"
# shellcheck disable=SC2086 # Several files, and a command with its arguments.
$FACTORY bump $INFRA_FILES "$@"
