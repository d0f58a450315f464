# Part of mirror.sh: how git talks to one side, the source or the platform, and what is said when that fails.
# shellcheck shell=sh disable=SC2154 # Its variables are mirror.sh's.

# No other process learns the passwords, no trace prints them, and nothing of the runner's weakens git.
forget_environment() {
  unset GIT_INPUT_PASSWORD GIT_OUTPUT_PASSWORD GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY
  unset GIT_TRACE GIT_TRACE_CURL GIT_TRACE_PACKET GIT_TRACE2 GIT_TRACE2_EVENT GIT_TRACE2_PERF GIT_TRACE_SETUP
  unset GIT_TRACE_REDACT GIT_CURL_VERBOSE GIT_SSL_NO_VERIFY GIT_ASKPASS SSH_ASKPASS
  export GIT_TERMINAL_PROMPT=0 GIT_ALLOW_PROTOCOL=https:http
}

use() { # source or platform: the side that is talked to from here on
  side=$1
  case $side in
  source) url=$input_url user=$input_user password=$input_password ca=$input_ca code=10 scope=GIT_INPUT ;;
  *) url=$output_url user=$output_user password=$output_password ca=$output_ca code=20 scope=GIT_OUTPUT ;;
  esac
  address=${url#*://}
  host=${url%%://*}://${address%%/*}
}

local_git() {
  git --git-dir="$repository" "$@"
}

# git asks it for the log-in to that one host, so that a redirect cannot carry the password elsewhere.
# shellcheck disable=SC2016 # It is expanded by the shell that git starts.
helper='!f() { test "$1" = get && printf "username=%s\npassword=%s\n" "$MIRROR_USER" "$MIRROR_PASSWORD"; }; f'

remote_git() ( # seconds, arguments of git
  seconds=$1
  shift
  [ -z "$ca" ] || export GIT_SSL_CAINFO="$ca"
  if [ -n "$password" ]; then
    export MIRROR_USER="${user:-oauth2}" MIRROR_PASSWORD="$password"
    set -- -c "credential.$host.helper=$helper" "$@"
  fi
  set -- -c http.sslVerify=true -c http.lowSpeedLimit=1 -c http.lowSpeedTime=120 -c credential.helper= "$@"
  exec timeout "$seconds" git "$@" 2>"$work/words" </dev/null
)

ask() { # arguments of git ls-remote; no repository's configuration counts
  set -- 60 --git-dir="$work/none" ls-remote --quiet "$@"
  [ "$MIRROR_TIMEOUT" -ge "$1" ] || { shift && set -- "$MIRROR_TIMEOUT" "$@"; }
  remote_git "$@" || give_up $?
}

list_refs() { # file: a line "commit ref" for each branch and tag
  ask --heads --tags --refs "$url" >"$1"
}

words() { # what git and the server said
  while IFS= read -r line || [ -n "$line" ]; do
    for secret in "$input_password" "$output_password"; do
      case $line in *"${secret:-$newline}"*) line='(a line with a password in it)' ;; esac
    done
    [ -z "$line" ] || printf '  %s\n' "$line" >&2
  done <"$work/words"
}

kind_of_failure() { # exit code of git
  case $1 in 124 | 143) echo time && return ;; esac
  case $(cat "$work/words") in
  *'Authentication failed'* | *'Access denied'* | *'could not read '*name* | *'error: 401'* | *'error: 403'*) echo log-in ;;
  *"repository '"*"' not found"* | *'could not be found'* | *'error: 404'*) echo absent ;;
  *'SSL '* | *'certificate verif'* | *'certificate subject'* | *'TLS '* | *gnutls*) echo certificate ;;
  *'Could not resolve'* | *'Failed to connect'* | *"Couldn't connect"* | *'timed out'* | *'Operation too slow'*) echo network ;;
  *'Connection re'* | *'Empty reply'* | *'error: 429'* | *'error: 5'[0-9][0-9]*) echo network ;;
  *'hung up'* | *'early EOF'* | *disconnect* | *'RPC failed'*) echo cut ;;
  *) echo other ;;
  esac
}

# Whether only what an earlier run kept can have made git fail.
is_cache_to_blame() { # exit code of git
  case $cached/$(kind_of_failure "$1") in yes/other | yes/cut) ;; *) return 1 ;; esac
}

give_up() { # exit code of git
  words
  right=read_repository
  [ "$side" = source ] || right=write_repository
  case $(kind_of_failure "$1") in
  time) fail $((code + 1)) "the $side did not answer in time" \
    "try again; where it is the repository that is large, set MIRROR_TIMEOUT" ;;
  certificate) fail $((code + 1)) "the $side has a certificate that is not trusted" \
    "set ${scope}_CA, of type File, to the PEM text of the authority, $(where_to_set)" ;;
  network | cut) fail $((code + 1)) "the $side is not reached" \
    "check ${scope}_URL, and that the runners may connect to it" ;;
  log-in) fail "$code" "the $side refuses the log-in" \
    "check ${scope}_USER, and that the token in ${scope}_PASSWORD has not expired and has the scope $right" ;;
  absent) fail "$code" "the $side has no such repository, or hides it from this log-in" \
    "check ${scope}_URL, and what the token in ${scope}_PASSWORD may see" ;;
  *) fail 70 "git fails on what the $side says" "read its words above" ;;
  esac
}
