import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gitLogin } from "../../lab/git/part";
import type { Run } from "../engine/support/pulumi-run";
import * as accepted from "./support/accepted-objects";
import { applicationOf, OPEN, repositorySecret, settings } from "./support/accepted-objects";
import { isDeployed } from "./support/application";
import { type ApiAnswer, type ArgoCdApi, argoCdApi } from "./support/argocd-api";
import { setCatalogue } from "./support/catalogue";
import { eventually } from "./support/eventually";
import { gitAddress, GitRepository } from "./support/git-repository";
import { configMap, deployment, kustomization, yaml } from "./support/manifests";
import { type KubernetesObject, previewWithPolicies } from "./support/policy-preview";
import { Story } from "./support/story";

const TEMPLATE = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: chart }\ndata: { level: {{ .Values.level }} }\n";

/** What deploys no more than a ConfigMap. */
const PLAIN = ["deploy", "plain-http", "by-address", "with-login", "noted-token"];

const files = {
  // Each in a folder of its own: two Applications do not share an object.
  ...Object.fromEntries(PLAIN.map((name) => [`${name}/config.yaml`, yaml(configMap(name, {}))])),
  "web/web.yaml": yaml(deployment("web", "web")),
  "web/kustomization.yaml": kustomization({ resources: ["web.yaml"] }),
  "chart/Chart.yaml": yaml({ apiVersion: "v2", name: "chart", version: "1.0.0" }),
  "chart/templates/config.yaml": TEMPLATE,
  "chart/values.yaml": yaml({ level: "info" }),
};

/** The objects by the name of their resource, the rule that stops each, and what it says. */
interface Stopped {
  readonly object: KubernetesObject;
  readonly rule: string;
  readonly message: string;
}

function stoppedObjects(http: string, ip: string, withLogin: string): Readonly<Record<string, Stopped>> {
  return {
    namespace: {
      object: accepted.openNamespace,
      rule: "namespace-pod-security",
      message: `the pods of the namespace ${OPEN} are held to too little (found: no such label)`,
    },
    pod: {
      object: accepted.privilegedPod,
      rule: "image-not-latest",
      message: "the image has no tag of its own (found: shell:latest)",
    },
    "plain-http": {
      object: applicationOf("plain-http", { repoURL: http, path: "plain-http" }),
      rule: "repository-url-encrypted",
      message: `the repository is reached without encryption (found: ${http})`,
    },
    "by-address": {
      object: applicationOf("by-address", { repoURL: ip, path: "by-address" }),
      rule: "repository-host-not-ip",
      message: "the repository's server is named by its address",
    },
    "with-login": {
      object: applicationOf("with-login", { repoURL: withLogin, path: "with-login" }),
      rule: "repository-url-no-user-info",
      message: "the repository's URL holds what may be a credential (found: http://(not shown)@",
    },
    "latest-image": {
      object: applicationOf("latest-image", { repoURL: http, path: "web", kustomize: { images: ["web:latest"] } }),
      rule: "image-not-latest",
      message: "the image has no tag of its own (found: web:latest)",
    },
    "values-with-password": {
      object: applicationOf("values-with-password", {
        repoURL: http,
        path: "chart",
        helm: { valuesObject: { database: { password: "correct-horse" } } },
      }),
      rule: "application-no-credentials",
      message: "a password stands in clear in an Application",
    },
    "noted-token": {
      object: withAnnotation(applicationOf("noted-token", { repoURL: http, path: "noted-token" }), {
        "example/api-token": "correct-horse",
      }),
      rule: "annotation-no-credentials",
      message: "a token stands in clear in the annotations",
    },
    anonymous: {
      object: settings("argocd-cm", { "users.anonymous.enabled": "true" }),
      rule: "argocd-cm-anonymous-off",
      message: "Argo CD lets people in without a log-in (found: true)",
    },
    shells: {
      object: settings("argocd-cm", { "exec.enabled": "true" }),
      rule: "argocd-cm-exec-off",
      message: "Argo CD opens shells in pods (found: true)",
    },
    "shared-account": {
      object: settings("argocd-cm", { "admin.enabled": "true", "oidc.config": oidc }),
      rule: "argocd-cm-admin-disabled",
      message: "the account admin is on beside the log-in of oidc.config (found: true)",
    },
    "secret-in-config": {
      object: settings("argocd-cm", { "oidc.config": oidc }),
      rule: "argocd-cm-no-credentials",
      message: "a client secret stands in clear in a ConfigMap",
    },
    everybody: {
      object: settings("argocd-rbac-cm", { "policy.default": "role:admin" }),
      rule: "argocd-rbac-default-not-admin",
      message: "everybody who logs in has all rights (found: role:admin)",
    },
    unchecked: {
      object: repositorySecret("unchecked", { url: "https://git.example/shop.git", insecure: "true" }),
      rule: "repository-tls-verified",
      message: "Argo CD does not check who answers (found: insecure: true)",
    },
  };
}

const oidc = "name: Acme\nissuer: https://login.acme.example\nclientID: argocd\nclientSecret: correct-horse\n";

/** Those of the objects that Argo CD deploys something by. */
const APPLICATIONS = ["plain-http", "by-address", "with-login", "latest-image", "values-with-password", "noted-token"];

function withAnnotation(object: KubernetesObject, annotations: Readonly<Record<string, string>>): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, annotations } };
}

describe("What the real Argo CD accepts, the policy pack stops", { timeout: 300_000 }, () => {
  let story: Story;
  let stopped: Readonly<Record<string, Stopped>>;
  let anybody: ArgoCdApi;
  let preview: Run;

  beforeAll(async () => {
    story = await Story.start({ parts: ["git"] });
    const repository = await GitRepository.create(story, "acme/sample", files);
    const http = repository.url();
    const login = `http://${gitLogin.user}:${gitLogin.password}@`;
    stopped = stoppedObjects(http, repository.url("http", gitAddress(story)), http.replace("http://", login));
    setCatalogue(story, {
      name: "shop",
      repositories: [{ name: "deploy", url: http, kind: "manifests", path: "deploy" }],
    });
    await story.deploy();
    anybody = argoCdApi(story.address("argocdServer"));
    expect((await anybody("GET", "/applications")).status).toBe(401);
    // As people do who have the rights: each over what the platform and others said.
    for (const [name, { object }] of Object.entries({ project: { object: accepted.openProject }, ...stopped })) {
      await story.factory.kubectl(`apply --server-side --force-conflicts --field-manager=${name} -f -`, object);
    }
  }, 600_000);
  afterAll(() => story?.dispose());

  /** Waits for an answer of Argo CD's API to who has not logged in. */
  function untilAnswer(path: string, wanted: (answer: ApiAnswer) => boolean): Promise<ApiAnswer> {
    return eventually(
      async () => {
        const answer = await anybody("GET", path);
        return wanted(answer) ? answer : undefined;
      },
      async () => `${path} answers ${JSON.stringify(await anybody("GET", path)).slice(0, 500)}`,
    );
  }

  it.each(APPLICATIONS)("Argo CD deploys the Application %s", async (name) => {
    await story.untilApplication(name, isDeployed);
  });

  it("Argo CD obeys the settings: whoever comes is an administrator, and sees what is in clear", async () => {
    const { body } = await untilAnswer("/applications", ({ status }) => status === 200);
    expect(JSON.stringify(body)).toContain("correct-horse");
    const { body: found } = await untilAnswer("/settings", ({ body: now }) => JSON.stringify(now).includes("Acme"));
    expect(found).toMatchObject({ execEnabled: true, oidcConfig: { name: "Acme" } });
    expect(found).not.toMatchObject({ userLoginsDisabled: true });
  });

  it("Argo CD takes a repository whose server it does not check", async () => {
    const { body } = await untilAnswer("/repositories", ({ body: now }) => JSON.stringify(now).includes("git.example"));
    expect(body).toMatchObject({
      items: [expect.objectContaining({ repo: "https://git.example/shop.git", insecure: true })],
    });
  });

  it("the API server takes a privileged pod in a namespace that asks nothing", async () => {
    expect(await story.get(`/api/v1/namespaces/${OPEN}/pods/privileged`)).toBeDefined();
  });

  describe("the pack, on the same objects as a program declares them", () => {
    beforeAll(async () => {
      const objects = Object.fromEntries(Object.entries(stopped).map(([name, { object }]) => [name, object]));
      preview = await previewWithPolicies(story.factory.cluster.kubeconfig, {
        project: accepted.openProject,
        ...objects,
      });
    });

    it("stops the preview", () => {
      expect(preview.exitCode).not.toBe(0);
    });

    it("says of each what is wrong with it, by the rule", () => {
      const said = preview.stdout.replaceAll(/\s+/g, " ");
      for (const [name, { rule, message }] of Object.entries(stopped)) {
        expect(said, name).toContain(message);
        expect(said, name).toMatch(new RegExp(`\\[mandatory\\] ${rule} \\([^()]*: ${name}\\)`));
      }
    });

    it.each([
      ["project", ["appproject-source-repos", "appproject-destinations", "appproject-no-cluster-kinds"]],
      ["namespace", ["namespace-default-deny", "namespace-quota", "namespace-limits"]],
    ])("says each thing that is wrong with the %s", (name, rules) => {
      const said = preview.stdout.replaceAll(/\s+/g, " ");
      for (const rule of rules) expect(said).toMatch(new RegExp(`\\[mandatory\\] ${rule} \\([^()]*: ${name}\\)`));
    });

    it("is told so in docs/policies-stopped.md", () => {
      const page = readFileSync(join(__dirname, "..", "..", "docs", "policies-stopped.md"), "utf8");
      for (const { rule, message } of Object.values(stopped)) {
        expect(page).toContain(`\`${rule}\`: ${message.replace(/ \(found: .*$/, "")}`);
      }
    });

    it("never repeats a credential", () => {
      const all = `${preview.stdout}${preview.stderr}`;
      expect(all).not.toContain(`${gitLogin.user}:${gitLogin.password}@`);
      expect(all).not.toContain("correct-horse");
    });
  });
});
