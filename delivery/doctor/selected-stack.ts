import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { usersPulumiHome } from "../../lab/user-folders";
import { UserError } from "../../model/problem";
import { stackNames } from "../../model/stack-file";

/**
 * The stack that `pulumi` means in this folder: `$PULUMI_STACK`, else the one that `pulumi stack select` chose, else
 * the only one there is. Read from Pulumi's own files, so that Pulumi need not be installed.
 *
 * @throws UserError when several could be meant
 */
export function selectedStack(root: string, env: NodeJS.ProcessEnv): string {
  const named = env["PULUMI_STACK"];
  if (named !== undefined && named !== "") return bareName(named);
  const stacks = stackNames(root);
  const chosen = choiceOfWorkspace(root, env);
  if (chosen !== undefined) return chosen;
  const [only, ...others] = stacks;
  if (only !== undefined && others.length === 0) return only;
  throw new UserError([
    {
      severity: "error",
      file: root,
      path: "",
      message: stacks.length === 0 ? "the folder holds no config of a stack" : "no stack is selected",
      allowed: stacks.length === 0 ? "Pulumi.<stack>.yaml" : stacks.join(", "),
      fix: stacks.length === 0 ? "name the project's folder with --root" : `name one: --stack ${only ?? ""}`,
    },
  ]);
}

/** Where `pulumi stack select` keeps its choice (pkg/workspace of Pulumi 3.220): by the project file's path. */
function choiceOfWorkspace(root: string, env: NodeJS.ProcessEnv): string | undefined {
  const project = join(root, "Pulumi.yaml");
  if (!existsSync(project)) return undefined;
  const { name } = parse(readFileSync(project, "utf8")) as { name?: unknown };
  const hash = createHash("sha1").update(project).digest("hex");
  const file = join(usersPulumiHome(env), "workspaces", `${String(name)}-${hash}-workspace.json`);
  if (!existsSync(file)) return undefined;
  const { stack } = JSON.parse(readFileSync(file, "utf8")) as { stack?: string };
  return stack === undefined || stack === "" ? undefined : bareName(stack);
}

/** `organization/project/stack` is a stack's full name; its config file has the last part alone. */
function bareName(stack: string): string {
  return stack.split("/").at(-1) ?? stack;
}
