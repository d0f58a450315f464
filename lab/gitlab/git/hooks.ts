import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { GitFiles } from "../../git/files";
import { noCommit } from "../../git/webhooks/push-event";

/** What the hooks of every repository find in their environment. */
export interface HookVariables {
  /** A line for each rule that protects branches: pattern, may push, may force; `yes` or `no`. */
  readonly GITLAB_PROTECTED_BRANCHES: string;
  /** A line for each rule that protects tags: pattern, may create. */
  readonly GITLAB_PROTECTED_TAGS: string;
  readonly GITLAB_DEFAULT_BRANCH: string;
  /** `yes` for a maintainer or an owner. */
  readonly GITLAB_MAINTAINS: "yes" | "no";
  /** The file for what was pushed: `before after ref` in each line, and `option …` for each push option. */
  readonly GITLAB_PUSH_REPORT: string;
}

/** Says no in GitLab's words; git shows them to who pushes as `remote: GitLab: …`. A shell needs no start-up time. */
const preReceive = `#!/bin/sh
none=${noCommit}
refuse() {
  echo "GitLab: $1" >&2
  exit 1
}

check_branch() {
  protected=no push=no force=no
  while read -r pattern may_push may_force; do
    [ -n "$pattern" ] || continue
    case $branch in
      $pattern)
        protected=yes
        [ "$may_push" = yes ] && push=yes
        [ "$may_force" = yes ] && force=yes
        ;;
    esac
  done <<RULES
$GITLAB_PROTECTED_BRANCHES
RULES
  if [ "$after" = "$none" ]; then
    [ "$branch" != "$GITLAB_DEFAULT_BRANCH" ] || refuse "The default branch of a project cannot be deleted."
    [ "$protected" = yes ] || return
    [ "$GITLAB_MAINTAINS" = yes ] && refuse "You can only delete protected branches using the web interface."
    refuse "You are not allowed to delete protected branches from this project. Only a project maintainer or owner can delete a protected branch."
  fi
  [ "$protected" = yes ] || return
  if [ "$before" = "$none" ]; then
    [ "$push" = yes ] || refuse "You are not allowed to create protected branches on this project."
    return
  fi
  if [ "$force" = no ] && ! git merge-base --is-ancestor "$before" "$after"; then
    refuse "You are not allowed to force push code to a protected branch on this project."
  fi
  [ "$push" = yes ] || refuse "You are not allowed to push code to protected branches on this project."
}

check_tag() {
  protected=no create=no
  while read -r pattern may_create; do
    [ -n "$pattern" ] || continue
    case $tag in
      $pattern)
        protected=yes
        [ "$may_create" = yes ] && create=yes
        ;;
    esac
  done <<RULES
$GITLAB_PROTECTED_TAGS
RULES
  if [ "$before" != "$none" ] && [ "$GITLAB_MAINTAINS" = no ]; then
    refuse "You are not allowed to change existing tags on this project."
  fi
  [ "$protected" = yes ] || return
  [ "$after" != "$none" ] || refuse "You can only delete protected tags using the web interface."
  [ "$before" = "$none" ] || refuse "Protected tags cannot be updated."
  [ "$create" = yes ] || refuse "You are not allowed to create this tag as it is protected."
}

while read -r before after ref; do
  case $ref in
    refs/heads/*) branch=\${ref#refs/heads/} && check_branch ;;
    refs/tags/*) tag=\${ref#refs/tags/} && check_tag ;;
  esac
done
exit 0
`;

const postReceive = `#!/bin/sh
[ -n "$GITLAB_PUSH_REPORT" ] || exit 0
{
  cat
  number=0
  while [ "$number" -lt "\${GIT_PUSH_OPTION_COUNT:-0}" ]; do
    eval "printf 'option %s\\n' \\"\\$GIT_PUSH_OPTION_$number\\""
    number=$((number + 1))
  done
} >"$GITLAB_PUSH_REPORT"
`;

/** Writes the hooks that all repositories have in common. */
export function writeHooks({ hooks }: Pick<GitFiles, "hooks">): void {
  mkdirSync(hooks, { recursive: true, mode: 0o700 });
  for (const [name, text] of [["pre-receive", preReceive] as const, ["post-receive", postReceive] as const]) {
    writeFileSync(join(hooks, name), text);
    chmodSync(join(hooks, name), 0o755);
  }
}
