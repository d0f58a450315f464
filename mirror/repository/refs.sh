# Part of mirror.sh: what is fetched from the source, what the platform lacks, and how it gets there.
# shellcheck shell=sh disable=SC2034,SC2154 # Its variables are mirror.sh's.

# Makes the repository where it is missing. Configuration and hooks that came with the cache count for nothing.
open_repository() {
  rm -rf "$repository/config" "$repository/hooks" "$repository/objects/info/alternates"
  git init --quiet --bare --template= "$repository" 2>"$work/words" || return 1
  local_git config core.hooksPath /dev/null
  # Nothing goes on in the background while the runner packs the cache.
  local_git config gc.autoDetach false
}

fetch() { # gives 1 where only a broken cache can be the cause
  if [ "$SYNC_ALL" = true ]; then
    set -- --prune "$url" '+refs/heads/*:refs/heads/*' '+refs/tags/*:refs/tags/*'
  else
    set -- "$url" "+refs/heads/$branch:refs/heads/$branch"
  fi
  remote_git "$MIRROR_TIMEOUT" --git-dir="$repository" \
    fetch --quiet --no-tags --no-write-fetch-head --no-recurse-submodules "$@" && return 0
  set -- $?
  is_cache_to_blame "$1" || give_up "$1"
  return 1
}

want() { # of lines "commit ref", those that are to be mirrored
  awk -v all="$SYNC_ALL" -v ref="refs/heads/$branch" 'all == "true" || $2 == ref'
}

# A file of lines "ref old new" for what the platform lacks, "-" for none. Deletions only with SYNC_ALL, and never of what
# the source has told of, whatever became of it here.
plan() {
  awk -v all="$SYNC_ALL" -v wanted="$work/want" -v source="$work/source" '
    FILENAME == wanted { want[$2] = $1; next }
    FILENAME == source { known[$2] = 1; next }
    { have[$2] = $1 }
    END {
      for (ref in want) {
        if (!(ref in have)) print ref, "-", want[ref]
        else if (have[ref] != want[ref]) print ref, have[ref], want[ref]
      }
      if (all == "true") for (ref in have) if (!(ref in want) && !(ref in known)) print ref, have[ref], "-"
    }' "$work/want" "$work/source" "$work/platform" >"$work/plan" || fail 70 "awk fails here" "use an image whose awk is POSIX's"
}

# GitLab does not delete a project's default branch.
set_default_branch_aside() {
  kept=''
  grep -q '^refs/heads/.* -$' "$work/plan" || return 0
  use platform
  ask --symref "$url" HEAD >"$work/head"
  default=$(awk '$1 == "ref:" { print $2 }' "$work/head")
  awk -v ref="$default" '!($1 == ref && $3 == "-")' "$work/plan" >"$work/others"
  cmp -s "$work/plan" "$work/others" && return 0
  kept=${default#refs/heads/}
  mv "$work/others" "$work/plan"
}

# Deletions come first: a branch "a" stands in the way of a branch "a/b".
deliver_plan() {
  rm -f "$work"/batch.*
  awk -v deletions="$work/batch.1" -v others="$work/batch.2" '
    { file = $3 == "-" ? deletions : others; print >(file int(1000 + (NR - 1) / 200)) }' "$work/plan" ||
    fail 70 "awk fails here" "use an image whose awk is POSIX's"
  for batch in "$work"/batch.*; do
    deliver "$batch" || return 1
  done
}

# GitLab judges a push as a whole. Where it refuses one, each ref goes alone, so that the others arrive.
deliver() { # file with lines of the plan
  set -- "$1" 0
  push "$1" || set -- "$1" $?
  awk -F '\t' '/^[-+* ]\t/ { ref = $2; sub(/^[^:]*:refs\//, "", ref); print ref ": " $3 }' "$work/report"
  [ "$2" != 0 ] || return 0
  if ! grep -q '^!' "$work/report"; then
    is_cache_to_blame "$2" && return 1
    give_up "$2"
  fi
  ! grep -q '(stale info)' "$work/report" || raced=yes
  awk -F '\t' '/^!.*\[remote/ { ref = $2; sub(/^[^:]*:/, "", ref); print ref }' "$work/report" >"$1.refused"
  if [ "$(wc -l <"$1")" -eq 1 ]; then
    [ ! -s "$1.refused" ] || refusal "$(cat "$1.refused")"
    return 0
  fi
  while read -r ref; do
    awk -v ref="$ref" '$1 == ref' "$1" >"$1.one"
    deliver "$1.one" || return 1
  done <"$1.refused"
}

# With a lease on what was there when the platform was asked: another sync's push is never undone.
push() { # file with lines of the plan
  lines=$1
  set --
  while read -r ref old new; do
    set -- "$@" "--force-with-lease=$ref:${old#-}" "${new#-}:$ref"
  done <"$lines"
  remote_git "$MIRROR_TIMEOUT" --git-dir="$repository" \
    push --porcelain --no-verify --no-recurse-submodules "$url" "$@" >"$work/report"
}

refusal() { # the ref that the platform refuses
  refused=$((refused + 1))
  words
  case $1 in refs/tags/*) what="tag ${1#refs/tags/}" ;; *) what="branch ${1#refs/heads/}" ;; esac
  place="in Settings, Repository of the project $PROJECT_NAME"
  case $1:$(cat "$work/words") in
  *'force push'*) fix="the source has rewritten its history: allow force pushes under Protected branches $place" ;;
  *'LFS objects'*) fix="the mirror carries no Git LFS objects: turn Git LFS off for the project $PROJECT_NAME, or take it out at the source" ;;
  *'protected branch'*) fix="let the role of the mirror's token push and merge under Protected branches $place, or unprotect it" ;;
  refs/tags/*) fix="let the role of the mirror's token create it under Protected tags $place; to move or delete it, unprotect it" ;;
  *'not allowed to push'*) fix="give the token in GIT_OUTPUT_PASSWORD the role Maintainer" ;;
  *) fix="see what the platform says above, and the push rules $place" ;;
  esac
  problem "the platform refuses the $what" "$fix"
}
