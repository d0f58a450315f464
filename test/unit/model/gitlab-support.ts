import { stringify } from "yaml";
import type { GitLab } from "../../../model/gitlab";
import { loadPlatform } from "../../../model/load";
import type { Problem } from "../../../model/problem";
import { SecretText } from "../../../model/secret";
import { problemsOf, workspace } from "./workspace";
import type { Files } from "./workspace";

/** The seven lines that make a project on the platform's GitLab, but for the comment. */
export const HOSTED = `organisation: acme
name: shop
environments: [dev, staging]
repositories:
  - name: deploy
    kind: kustomize
`;

/** A stack that owns the GitLab side; changed keys replace those of `gitops-factory:gitlab`. */
export function gitlabStack(gitlab: Record<string, unknown> = {}, others: Record<string, unknown> = {}): Files {
  const config = {
    "gitops-factory:argocd": { url: "https://argocd.acme.example" },
    "gitops-factory:gitlab": { url: "https://gitlab.acme.example", token: "api", owner: true, ...gitlab },
    "gitops-factory:secrets": {
      api: { value: { secure: "v1:x" } },
      external: { username: "reader", password: { secure: "v1:x" } },
      harbor: { value: { secure: "v1:x" } },
    },
    ...others,
  };
  return { "Pulumi.dev.yaml": stringify({ config }) };
}

/** A catalogue of one project, `HOSTED` with further lines. */
export function hosted(lines = ""): Files {
  return { "catalog/acme/shop.yaml": `${HOSTED}${lines}` };
}

const NOW = new Date("2026-11-21T12:00:00Z");

/** The GitLab side of a project folder; every ciphertext stands for `secret`. */
export function gitlabOf(files: Files, secret = "a-long-secret"): GitLab {
  const { platform } = loadPlatform({
    root: workspace(files),
    stack: "dev",
    ciphertext: () => SecretText.known(secret),
    now: NOW,
  });
  if (platform.gitlab === undefined) throw new Error("the platform has no GitLab");
  return platform.gitlab;
}

/** What is wrong with a project folder, without what the files' texts are good for. */
export function refusals(files: Files): Pick<Problem, "file" | "path" | "message" | "allowed" | "fix">[] {
  return problemsOf(workspace(files))
    .filter(({ severity }) => severity === "error")
    .map(({ file, path, message, allowed, fix }) => ({ file, path, message, ...(allowed && { allowed }), fix }));
}
