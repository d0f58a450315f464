import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GitLab, startGitLab } from "../../../lab/gitlab/gitlab";
import { ProgramCopy } from "./program-copy";
import { PulumiEngine } from "./pulumi-engine";
import type { Run } from "./pulumi-run";
import { PulumiStack } from "./pulumi-stack";

/** The day that tokens' dates are counted from. */
export const TODAY = "2026-11-21";

/** The program without its cluster: it declares the GitLab side, and in Argo CD's place the secret of its hooks. */
const PROGRAM = `import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random";
import { ArgoCdHooks } from "./components/gitlab/argocd-hooks";
import { declareGitLab } from "./components/gitlab/declare-gitlab";
import { gitlabOutputs } from "./components/gitlab/outputs";
import { refusal } from "./components/refusal";
import { readMirrorFiles } from "./mirror";
import { loadPlatform } from "./model/load";
import { UserError } from "./model/problem";

async function main() {
  const { platform } = loadPlatform({
    root: __dirname,
    stack: pulumi.getStack(),
    config: pulumi.runtime.allConfig(),
    now: new Date("${TODAY}"),
  });
  const { gitlab, environment, deletion } = platform;
  if (gitlab === undefined) return {};
  const declared = declareGitLab("gitlab", {
    gitlab,
    environment,
    mirrorFiles: readMirrorFiles(),
    protect: deletion.protect,
  });
  const secret = new RandomPassword("argocd-webhook-secret", { length: 32, special: false });
  if (gitlab.webhook) {
    new ArgoCdHooks(
      "gitlab-hooks",
      { webhook: gitlab.webhook, secret: secret.result, repositories: declared.side.deployed },
      declared.opts,
    );
  }
  const deployTokens = Object.fromEntries(declared.side.deployTokens);
  return { gitlab: gitlabOutputs(gitlab, declared.side), webhookSecret: secret.result, deployTokens };
}

export = () =>
  main().catch((error: unknown) => {
    throw error instanceof UserError ? refusal(error.problems) : error;
  });
`;

/** A project with a copy, a repository of its own, and an app repository. */
const SHOP = `organisation: acme
name: shop
environments: [dev]
repositories:
  - name: deploy
    kind: kustomize
    mirrorOf: { url: https://git.acme.example/shop/deploy.git, credentials: external }
  - name: pages
    kind: manifests
appRepositories:
  - name: api
    variables: { HARBOR_PASSWORD: { secret: harbor } }
`;

/** What no state, log or output may hold in clear. */
export const SECRETS = { external: "password-of-the-external-host", harbor: "password-of-harbor" };

/** The GitLab side of the program on a GitLab of its own, the lab's double. */
export class GitLabFactory {
  private readonly lines: string[];

  private constructor(
    readonly gitlab: GitLab,
    readonly program: ProgramCopy,
    readonly stack: PulumiStack,
    private readonly engine: PulumiEngine,
    private readonly folder: string,
    lines: string[],
  ) {
    this.lines = lines;
  }

  /** Starts a GitLab and makes the stack; nothing is declared yet. */
  static async start(): Promise<GitLabFactory> {
    const folder = mkdtempSync(join(tmpdir(), "gitops-factory-gitlab-"));
    const lines: string[] = [];
    const gitlab = await startGitLab({ folder: join(folder, "gitlab"), log: (line) => lines.push(line) });
    const engine = await PulumiEngine.create();
    const program = new ProgramCopy();
    const backend = join(folder, "state");
    mkdirSync(backend);
    const env = { ...engine.env, PULUMI_BACKEND_URL: `file://${backend}`, KUBECONFIG: "/dev/null" };
    const place = { cli: engine.cli, env, dir: program.dir, backend, logs: folder, project: "gitops-factory" };
    const factory = new GitLabFactory(
      gitlab,
      program,
      new PulumiStack({ ...place, stack: "dev" }),
      engine,
      folder,
      lines,
    );
    await factory.#write();
    return factory;
  }

  async #write(): Promise<void> {
    const { program, gitlab, stack } = this;
    program.write("index.ts", PROGRAM);
    program.remove("catalog");
    program.write("catalog/acme/shop.yaml", SHOP);
    program.write("Pulumi.dev.yaml", "config: {}\n");
    await stack.must("stack", "select", "--create", "dev");
    await this.secret("api.value", gitlab.rootToken);
    await this.secret("external.password", SECRETS.external);
    await this.secret("harbor.value", SECRETS.harbor);
    program.config(["secrets", "external", "username"], "reader");
    program.config(["argocd"], { url: "https://argocd.acme.example" });
    program.config(["gitlab"], {
      url: gitlab.url,
      token: "api",
      owner: true,
      mirror: { schedule: "30 2 * * *", timeZone: "Europe/Paris" },
    });
  }

  /** Sets a secret of the stack's config: `api.value`. */
  async secret(path: string, text: string): Promise<void> {
    await this.stack.must("config", "set", "--path", "--secret", `gitops-factory:secrets.${path}`, text);
  }

  /** Asks GitLab as its administrator; the answer's body. Throws unless the status is 2xx. */
  async api<Body = Record<string, unknown>>(path: string, method = "GET", body?: object): Promise<Body> {
    const response = await this.ask(path, method, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
    return (await (response.status === 204 ? undefined : response.json())) as Body;
  }

  /** The same, whatever the answer is. */
  ask(path: string, method = "GET", body?: object, token = this.gitlab.rootToken): Promise<Response> {
    return fetch(`${this.gitlab.url}/api/v4/${path}`, {
      method,
      headers: { "private-token": token, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  /** What a run asked GitLab to change: method and path of each request that is no read. */
  async writes(run: () => Promise<Run>): Promise<{ readonly run: Run; readonly requests: string[] }> {
    const before = this.lines.length;
    const done = await run();
    const said = this.lines.slice(before).map((line) => line.split(" ").slice(1, 3).join(" "));
    return { run: done, requests: said.filter((line) => /^(POST|PUT|PATCH|DELETE) /.test(line)) };
  }

  async dispose(): Promise<void> {
    this.program.dispose();
    this.engine.dispose();
    await this.gitlab.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A path of GitLab as its API takes it for an id. */
export function id(path: string): string {
  return encodeURIComponent(path);
}
