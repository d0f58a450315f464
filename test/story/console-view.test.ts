import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { argocdCliClient, argocdClient } from "../../lab/identity/clients";
import { layoutOf } from "../../lab/layout";
import { privateCaFile } from "../../lab/network/private-ca";
import { isDeployed } from "./support/application";
import { type ApiAnswer, type ArgoCdApi, argoCdApi } from "./support/argocd-api";
import { ArgoCdClient } from "./support/argocd-client";
import { logInByClient } from "./support/argocd-sso";
import { eventually } from "./support/eventually";
import { GitRepository } from "./support/git-repository";
import { configMap, deployment, yaml } from "./support/manifests";
import { logInToArgoCd } from "./support/oidc-login";
import { setSecrets } from "./support/stack-secrets";
import { Story } from "./support/story";

const OURS = "ministere-demarches-dev-front-6293";
const NAMESPACE = "ministere-demarches-dev-6293";
const OTHERS = "acme-shop-dev-deploy-6293";

describe("what people see of Argo CD after they have logged in", { timeout: 600_000 }, () => {
  let story: Story;
  let server: string;
  let client: ArgoCdClient;
  /** By user, after their login by OIDC. */
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    story = await Story.start({ parts: ["git", "identity"] });
    await GitRepository.create(story, "ministere/front", { "front.yaml": yaml(deployment("front", "nginx")) });
    await GitRepository.create(story, "acme/deploy", { "config.yaml": yaml(configMap("sample", {})) });
    server = story.address("argocdServer");
    const { program, stack } = story.factory;
    const repository = (name: string, path: string) => [
      { name, url: `http://git.protobox/${path}.git`, kind: "manifests" },
    ];
    const demarches = parse(program.read("catalog/ministere/demarches.yaml")) as { groups: object };
    program.remove("catalog");
    const project = (organisation: string, name: string, rest: object): void => {
      const text = stringify({ organisation, name, environments: ["dev"], ...rest });
      program.write(`catalog/${organisation}/${name}.yaml`, text);
    };
    const { groups } = demarches;
    project("ministere", "demarches", { groups, repositories: repository("front", "ministere/front") });
    project("acme", "shop", { repositories: repository("deploy", "acme/deploy") });
    await setSecrets(stack, { sso: { value: argocdClient.secret } });
    program.config(["argocd", "url"], `https://${server}`);
    program.config(["argocd", "oidc"], {
      issuer: `https://${story.address("identity")}`,
      clientId: argocdClient.id,
      clientSecret: "sso",
      cliClientId: argocdCliClient.id,
      rootCa: readFileSync(privateCaFile(layoutOf(story.stateDir)), "utf8"),
    });
    program.config(["argocd", "rbac"], { adminGroups: ["/platform/admins"] });
    await story.deploy();
    client = await ArgoCdClient.of(server);
    for (const name of [OURS, OTHERS]) await story.untilApplication(name, isDeployed);
    for (const login of ["alice", "bob", "carol", "dave"]) tokens[login] = await logIn(login);
  }, 600_000);

  afterAll(async () => {
    client?.dispose();
    await story?.dispose();
  });

  const logIn = (login: string, password?: string): Promise<string> =>
    logInToArgoCd({
      stateDir: story.stateDir,
      argocd: `https://${server}`,
      login,
      ...(password !== undefined && { password }),
    });

  const api = (user: string): ArgoCdApi => argoCdApi(server, tokens[user]);
  const argocd = (user: string, ...args: string[]) => client.run(...args, "--auth-token", tokens[user] ?? "");

  /** The names of the Applications that a user is shown. */
  async function applicationsOf(user: string): Promise<string[]> {
    const { body } = await api(user)("GET", "/applications");
    return ((body as { items: { metadata: { name: string } }[] | null }).items ?? []).map(
      ({ metadata }) => metadata.name,
    );
  }

  const statusOf = async (answer: Promise<ApiAnswer>): Promise<number> => (await answer).status;
  const sync = (user: string) => api(user)("POST", `/applications/${OURS}/sync`, {});

  /** An Application like ours, under another name: what somebody would create who may not. */
  async function copyOfOurs(): Promise<object> {
    const { spec } = (await story.application(OURS)) ?? { spec: {} };
    return { metadata: { name: "mine", namespace: "argocd" }, spec };
  }

  it("log in by the command line too, in the browser, and not with a wrong password", async () => {
    const home = join(story.stateDir, "carol");
    const login = { server, ca: privateCaFile(layoutOf(story.stateDir)), home, login: "carol" };
    const refused = await logInByClient({ ...login, password: "wrong" });
    expect(refused.page.status).toBe(401);
    const { said, page } = await logInByClient({ ...login, password: "carol" });
    expect(page.body).toContain("Authentication was successful");
    expect(said).toContain("'carol@lab.example' logged in successfully");
  });

  describe("a reader", () => {
    it("is known by the groups that the identity provider has told", async () => {
      const { body } = await api("carol")("GET", "/session/userinfo");
      expect(body).toMatchObject({ loggedIn: true, username: "carol@lab.example", groups: ["/demarches/console/RO"] });
    });

    it("is shown the Applications of their project, and no other", async () => {
      expect(await applicationsOf("carol")).toEqual([OURS]);
      const { stdout } = await argocd("carol", "app", "list", "-o", "name");
      expect(stdout.trim()).toBe(`argocd/${OURS}`);
      expect((await argocd("carol", "proj", "list", "-o", "name")).stdout.trim()).toBe(NAMESPACE);
    });

    it("sees down to the pods, with their events and logs", async () => {
      const tree = (await api("carol")("GET", `/applications/${OURS}/resource-tree`)).body as Tree;
      expect([...new Set(tree.nodes.map(({ kind }) => kind))].sort()).toEqual(["Deployment", "Pod", "ReplicaSet"]);
      const uid = tree.nodes.find(({ kind }) => kind === "Deployment")?.uid ?? "";
      const of = new URLSearchParams({ resourceUID: uid, resourceNamespace: NAMESPACE, resourceName: "front" });
      const events = await api("carol")("GET", `/applications/${OURS}/events?${of.toString()}`);
      expect(JSON.stringify(events.body)).toContain("Scaled up replica set front-");
      const logs = await api("carol")("GET", `/applications/${OURS}/logs?namespace=${NAMESPACE}&tailLines=10`);
      expect(logs).toMatchObject({ status: 200, body: expect.stringContaining("kwok plays this pod") as string });
      expect((await argocd("carol", "app", "logs", OURS)).stdout).toContain("kwok plays this pod");
      expect((await argocd("carol", "app", "get", OURS)).stdout).toMatch(/Health Status: +Healthy/);
    });

    it("is refused what belongs to others, whether it is there or not", async () => {
      const aspects = ["", "/resource-tree", "/events", "/logs", "/managed-resources", "/manifests"];
      for (const aspect of aspects) {
        expect(await statusOf(api("carol")("GET", `/applications/${OTHERS}${aspect}`)), aspect).toBe(403);
      }
      expect(await statusOf(api("carol")("GET", "/applications/absent"))).toBe(403);
      expect(await statusOf(api("carol")("GET", "/projects/acme-shop-dev-6293"))).toBe(403);
      const { exitCode, stderr } = await argocd("carol", "app", "get", OTHERS);
      expect([exitCode, stderr]).toEqual([20, expect.stringContaining("PermissionDenied desc = permission denied")]);
    });

    it("may not deploy, change or delete anything", async () => {
      expect(await sync("carol")).toMatchObject({
        status: 403,
        body: {
          message: expect.stringContaining(`permission denied: applications, sync, ${NAMESPACE}/${OURS}`) as string,
        },
      });
      expect(await statusOf(api("carol")("DELETE", `/applications/${OURS}`))).toBe(403);
      expect((await argocd("carol", "app", "sync", OURS)).stderr).toContain("permission denied: applications, sync");
    });
  });

  describe("a writer", () => {
    it("sees what a reader sees, and may synchronise", async () => {
      expect(await applicationsOf("bob")).toEqual([OURS]);
      expect(await statusOf(api("bob")("GET", `/applications/${OURS}/logs?namespace=${NAMESPACE}`))).toBe(200);
      const { exitCode, stdout } = await argocd("bob", "app", "sync", OURS);
      expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/Phase: +Succeeded/)]);
      expect((await story.application(OURS))?.status?.operationState?.phase).toBe("Succeeded");
    });

    it("may not create, change or delete Applications: those are the catalogue's", async () => {
      expect(await statusOf(api("bob")("POST", "/applications", await copyOfOurs()))).toBe(403);
      expect(await statusOf(api("bob")("DELETE", `/applications/${OURS}`))).toBe(403);
      const set = await argocd("bob", "app", "set", OURS, "--revision", "elsewhere");
      expect(set.stderr).toContain("PermissionDenied");
      expect(await applicationsOf("alice")).not.toContain("mine");
    });

    it("may not synchronise what belongs to others", async () => {
      expect(await statusOf(api("bob")("POST", `/applications/${OTHERS}/sync`, {}))).toBe(403);
    });
  });

  describe("an administrator of the platform", () => {
    it("sees and may do everything", async () => {
      expect((await applicationsOf("alice")).sort()).toEqual([OTHERS, OURS]);
      expect(await statusOf(api("alice")("GET", `/applications/${OTHERS}/resource-tree`))).toBe(200);
      expect(await statusOf(api("alice")("POST", "/applications", await copyOfOurs()))).toBe(200);
      expect(await statusOf(api("alice")("DELETE", "/applications/mine?cascade=false"))).toBe(200);
    });
  });

  describe("anybody else", () => {
    it("sees nothing without a group of a project", async () => {
      expect(await applicationsOf("dave")).toEqual([]);
      expect(await statusOf(api("dave")("GET", `/applications/${OURS}`))).toBe(403);
      expect(await sync("dave")).toMatchObject({ status: 403 });
    });

    it("is not let in without a token, or with a forged one", async () => {
      expect(await statusOf(argoCdApi(server)("GET", "/applications"))).toBe(401);
      const [head = "", , signature = ""] = (tokens["carol"] ?? "").split(".");
      const claims = { iss: `https://${story.address("identity")}`, aud: "argocd", sub: "carol", exp: 4_000_000_000 };
      const body = Buffer.from(JSON.stringify({ ...claims, groups: ["/platform/admins"] })).toString("base64url");
      const forged = argoCdApi(server, [head, body, signature].join("."));
      expect(await statusOf(forged("GET", "/applications"))).toBe(401);
    });

    it("gets no token by a wrong password", async () => {
      await expect(logIn("carol", "wrong")).rejects.toThrow("The user name or the password is wrong.");
    });

    it("cannot use the built-in admin, which is off with OIDC until the stack's config turns it on", async () => {
      const password = async (): Promise<string | undefined> => {
        const { argocd: outputs } = (await story.factory.stack.outputs()) as { argocd: { adminPassword?: string } };
        return outputs.adminPassword;
      };
      /** Not seen by trying: after five failures in five minutes Argo CD lets nobody in under that name. */
      const untilAdminIs = async (on: boolean): Promise<void> => {
        story.factory.program.config(["argocd", "admin"], on ? { enabled: true } : undefined);
        await story.deploy();
        await eventually(
          async () => ((await passwordsAreOff()) === on ? undefined : true),
          () => `Argo CD does not say that admin is ${on ? "on" : "off"}`,
        );
      };
      expect([await passwordsAreOff(), await password()]).toEqual([true, undefined]);
      await untilAdminIs(true);
      const own = (await password()) ?? "";
      expect(await client.login("admin", own)).toMatchObject({ exitCode: 0 });
      await untilAdminIs(false);
      const { exitCode, stderr } = await client.login("admin", own);
      expect([exitCode, stderr]).toEqual([20, expect.stringContaining("Invalid username or password")]);
    });
  });

  async function passwordsAreOff(): Promise<boolean> {
    const { body } = await argoCdApi(server)("GET", "/settings");
    return (body as { userLoginsDisabled?: boolean }).userLoginsDisabled === true;
  }
});

interface Tree {
  readonly nodes: readonly { readonly kind: string; readonly uid: string }[];
}
