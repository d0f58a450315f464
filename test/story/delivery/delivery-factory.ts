import { readFileSync } from "node:fs";
import { gitLabFiles, gitLabFolder } from "../../../lab/gitlab/files";
import { setOutage } from "../../../lab/gitlab/outage";
import { layoutOf } from "../../../lab/layout";
import { ensureServerCertificate } from "../../../lab/network/private-ca";
import { httpProbe } from "../../../lab/process";
import { type ArgoCdApi, argoCdApi } from "../support/argocd-api";
import { applicationName, projectName, setCatalogue } from "../support/catalogue";
import { eventually } from "../support/eventually";
import { setSecrets } from "../support/stack-secrets";
import { Story } from "../support/story";
import { RegistryDouble } from "../templates/registry-double";
import { Team } from "./team";

const robot = { user: "robot$acme+ci", password: "harbor-s3cret" };

interface Handover {
  readonly projects: Readonly<
    Record<string, { readonly mirror: { readonly projectId: number }; readonly triggerToken: string }>
  >;
}

/**
 * The whole way from a commit to pods: a team's GitLab, the platform's with what `pulumi up` declares on it, a double of
 * Harbor, the real Argo CD, and pods by kwok.
 */
export class DeliveryFactory {
  private constructor(
    readonly story: Story,
    readonly team: Team,
    readonly registry: RegistryDouble,
    /** The platform's GitLab: `http://127.10.0.81`. */
    readonly platform: string,
    /** What the platform hands over: see docs/from-zero-to-deployed.md. */
    readonly handover: { readonly mirrorId: number; readonly triggerToken: string; readonly readToken: string },
    /** Argo CD, with a token and the file of the authority that its certificate is by. */
    readonly argocd: { readonly url: string; readonly token: string; readonly ca: string },
  ) {}

  static async start(): Promise<DeliveryFactory> {
    const [team, registry] = [await Team.start(), await RegistryDouble.start(robot)];
    const story = await Story.start({ parts: ["gitlab"] });
    const platform = `http://${story.address("gitlab")}`;
    declare(story, team, registry, platform);
    const root = rootToken(story);
    await setSecrets(story.factory.stack, {
      api: { value: root },
      external: { username: "oauth2", password: team.readToken },
      harbor: { value: robot.password },
    });
    await story.deploy();
    const ca = await certify(story);
    const outputs = (await story.factory.stack.outputs()) as { gitlab: Handover; argocd: { adminPassword: string } };
    const shop = outputs.gitlab.projects["acme/shop"];
    if (shop === undefined) throw new Error("the stack tells nothing of acme/shop");
    const { token: readToken } = await groupToken(platform, root);
    const handover = { mirrorId: shop.mirror.projectId, triggerToken: shop.triggerToken, readToken };
    await team.setVariables({
      PLATFORM_URL: platform,
      MIRROR_PROJECT_ID: String(handover.mirrorId),
      MIRROR_TRIGGER_TOKEN: handover.triggerToken,
      PLATFORM_READ_TOKEN: readToken,
      PLATFORM_APP_PROJECT: "acme/shop/api",
    });
    const server = story.address("argocdServer");
    const token = await logIn(argoCdApi(server), outputs.argocd.adminPassword);
    const argocd = { url: `https://${server}`, token, ca };
    return new DeliveryFactory(story, team, registry, platform, handover, argocd);
  }

  readonly application = applicationName("shop", "deploy");

  /** Starts the platform's mirror as anybody may who has the trigger's token. */
  async mirror(repository: string): Promise<void> {
    const form = { token: this.handover.triggerToken, ref: "main", "variables[PROJECT_NAME]": repository };
    const path = `${this.platform}/api/v4/projects/${String(this.handover.mirrorId)}/trigger/pipeline`;
    const response = await fetch(path, { method: "POST", body: new URLSearchParams(form) });
    if (response.status !== 201) throw new Error(`the trigger answers ${String(response.status)}`);
  }

  /** A token that read the platform's API until it was revoked. */
  async revokedToken(): Promise<string> {
    const root = rootToken(this.story);
    const { token, id } = await groupToken(this.platform, root);
    await ask(this.platform, root, "DELETE", `${tokensPath}/${String(id)}`);
    return token;
  }

  /** The platform's GitLab is away; without an argument it is back. */
  outage(kind?: "bad gateway" | "cut off"): void {
    const files = gitLabFiles(gitLabFolder(layoutOf(this.story.stateDir)));
    setOutage(files, kind && { all: kind });
  }

  /** The images of the pods that run, each once. */
  async images(): Promise<string[]> {
    const path = `/api/v1/namespaces/${projectName("shop")}/pods`;
    const { items } = (await this.story.get(path)) as {
      items: {
        metadata: { deletionTimestamp?: string };
        spec: { containers: { image: string }[] };
        status: { phase: string };
      }[];
    };
    const running = items.filter(
      ({ metadata, status }) => metadata.deletionTimestamp === undefined && status.phase === "Running",
    );
    return [...new Set(running.flatMap(({ spec }) => spec.containers.map(({ image }) => image)))].sort();
  }

  /** Waits until all pods run this image and no other. */
  async untilImage(image: string): Promise<void> {
    let seen: string[] = [];
    await eventually(
      async () => {
        seen = await this.images();
        return seen.length === 1 && seen[0] === image ? true : undefined;
      },
      () => `the pods run ${seen.join(", ")} and not ${image}`,
      120_000,
    );
  }

  /** The lines of the platform's GitLab's log about requests that are no reads. */
  writes(): string[] {
    const log = readFileSync(`${layoutOf(this.story.stateDir).logs}/gitlab.log`, "utf8");
    return log.split("\n").filter((line) => / (?:POST|PUT|PATCH|DELETE) \/api\//.test(line));
  }

  async dispose(): Promise<void> {
    await this.story.dispose();
    await Promise.all([this.team.dispose(), this.registry.close()]);
  }
}

/** The platform's and the team's files, as the documents have them. */
function declare(story: Story, team: Team, registry: RegistryDouble, platform: string): void {
  const { program } = story.factory;
  const copyOf = (repository: "api" | "deploy") => ({
    mirrorOf: { url: team.url(repository), credentials: "external" },
  });
  setCatalogue(story, {
    name: "shop",
    repositories: [{ name: "deploy", kind: "kustomize", ...copyOf("deploy") }],
    appRepositories: [
      {
        name: "api",
        ...copyOf("api"),
        variables: {
          HARBOR_HOST: registry.host,
          HARBOR_SCHEME: "http",
          HARBOR_PROJECT: "acme",
          HARBOR_USERNAME: robot.user,
          HARBOR_PASSWORD: { secret: "harbor" },
        },
      },
    ],
  });
  program.config(["gitlab"], {
    url: platform,
    token: "api",
    owner: true,
    permanently: true,
    webhook: { url: `https://${story.address("argocdServer")}/api/webhook` },
  });
  // What Argo CD learns of, it learns by the webhook.
  program.config(["argocd", "tuning"], { controller: { reconciliation: { timeout: "24h" } } });
}

/** Gives Argo CD a certificate by the lab's authority, as a platform does. @returns the authority's file */
async function certify(story: Story): Promise<string> {
  const address = story.address("argocdServer");
  const { ca, cert, key } = ensureServerCertificate(layoutOf(story.stateDir), "argocd", {
    names: [],
    addresses: [address],
  });
  const data = { "tls.crt": readFileSync(cert, "base64"), "tls.key": readFileSync(key, "base64") };
  const metadata = { name: "argocd-server-tls", namespace: "argocd" };
  await story.factory.kubectl("apply -f -", {
    apiVersion: "v1",
    kind: "Secret",
    type: "kubernetes.io/tls",
    metadata,
    data,
  });
  const look = httpProbe(`https://${address}/healthz`, { ca: readFileSync(ca) });
  let reason: true | string = "";
  await eventually(
    async () => {
      reason = await look(AbortSignal.timeout(5_000)).catch(String);
      return reason === true ? true : undefined;
    },
    () => `Argo CD has another certificate: ${String(reason)}`,
  );
  return ca;
}

function rootToken({ stateDir }: Story): string {
  return readFileSync(gitLabFiles(gitLabFolder(layoutOf(stateDir))).rootToken, "utf8").trim();
}

async function ask<Body>(url: string, token: string, method: string, path: string, body?: object): Promise<Body> {
  const response = await fetch(`${url}/api/v4${path}`, {
    method,
    headers: { "private-token": token, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
  return (response.status === 204 ? undefined : await response.json()) as Body;
}

const tokensPath = `/groups/${encodeURIComponent("acme/shop")}/access_tokens`;

/** A token that reads the API, as the platform makes one for the team. */
async function groupToken(url: string, root: string): Promise<{ readonly id: number; readonly token: string }> {
  const expires_at = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  return ask(url, root, "POST", tokensPath, { name: "team", scopes: ["read_api"], access_level: 20, expires_at });
}

async function logIn(api: ArgoCdApi, password: string): Promise<string> {
  const { status, body } = await api("POST", "/session", { username: "admin", password });
  if (status !== 200) throw new Error(`Argo CD refuses the log-in: ${JSON.stringify(body)}`);
  return (body as { token: string }).token;
}
