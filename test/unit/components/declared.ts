import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

/** A resource as a program registered it with the engine. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  /** The inputs, with each secret as the text `[secret]`. */
  readonly inputs: Record<string, unknown>;
  /** The same in clear. */
  readonly revealed: Record<string, unknown>;
  /** The names of the resources that it depends on, sorted. */
  readonly dependsOn: readonly string[];
  readonly parent: string;
  /** The name of its provider; empty for the default one. */
  readonly provider: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** The name of the resource whose deletion deletes this one too; empty for none. */
  readonly deletedWith: string;
  readonly secretOutputs: readonly string[];
  /** How long its deletion may take; empty for as long as its provider has it. */
  readonly deleteTimeout: string;
}

/** The outputs that a provider computes, by Pulumi type; no other resource of a test computes any. */
const COMPUTED: Readonly<Record<string, (name: string) => Record<string, unknown>>> = {
  "random:index/randomPassword:RandomPassword": (name) => ({
    result: pulumi.secret(`password of ${name}`),
    bcryptHash: pulumi.secret(`hash of ${name}`),
  }),
  "gitlab:index/groupDeployToken:GroupDeployToken": (name) => ({
    username: `username of ${name}`,
    token: pulumi.secret(`token of ${name}`),
  }),
  "gitlab:index/groupAccessToken:GroupAccessToken": (name) => ({ token: pulumi.secret(`token of ${name}`) }),
  "gitlab:index/pipelineTrigger:PipelineTrigger": (name) => ({ token: pulumi.secret(`token of ${name}`) }),
  "gitlab:index/pipelineSchedule:PipelineSchedule": () => ({ pipelineScheduleId: 7 }),
  // What a cluster's token controller writes into the Secret of a service account's token.
  "kubernetes:core/v1:Secret": (name) =>
    name.endsWith("-manager-token")
      ? { data: pulumi.secret({ token: base64(`token of ${name}`), "ca.crt": base64("CA of the cluster") }) }
      : {},
};

/** GitLab counts its objects; the number is made from the name, so that it is the same in each run. */
function idOf(type: string, name: string): string {
  if (!type.startsWith("gitlab:")) return `${name}-id`;
  return String(createHash("sha256").update(name).digest().readUInt16BE());
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

/** The part of a RegisterResourceRequest that Pulumi's own mocks pass over. */
interface Request {
  getType(): string;
  getName(): string;
  getObject(): { toJavaScript(): Record<string, unknown> };
  getDependenciesList(): string[];
  getParent(): string;
  getProvider(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getDeletedwith(): string;
  getAdditionalsecretoutputsList(): string[];
  getCustomtimeouts(): { getDelete(): string } | undefined;
}

/** What the cluster holds, by the id that a program reads: `kube-system/coredns`. */
export type Cluster = Readonly<Record<string, Record<string, unknown>>>;

/**
 * Runs a program against Pulumi's mocks and gives what it declared, in the order of registration. A function call, or
 * the read of what the cluster does not hold, throws.
 */
export async function declared(program: () => unknown, stack = "dev", cluster: Cluster = {}): Promise<Declared[]> {
  const seen: Declared[] = [];
  const real = MockMonitor.prototype.registerResource;
  MockMonitor.prototype.registerResource = async function (request: Request, callback) {
    seen.push(toDeclared(request));
    return real.call(this, request, callback);
  };
  try {
    await pulumi.runtime.setMocks(
      {
        call: ({ token }) => {
          throw new Error(`a call that no test expects: ${token}`);
        },
        newResource: ({ type, name, inputs, id, custom }) => {
          if (id !== undefined && id !== "") {
            const state = cluster[id];
            if (state === undefined) throw new Error(`a read that no test expects: ${id}`);
            return { id, state };
          }
          return {
            id: custom === true ? idOf(type, name) : undefined,
            state: { ...(inputs as Record<string, unknown>), ...COMPUTED[type]?.(name) },
          };
        },
      },
      "gitops-factory",
      stack,
    );
    await program();
    await pulumi.runtime.disconnect();
  } finally {
    MockMonitor.prototype.registerResource = real;
  }
  return seen;
}

/** The one resource of a name. */
export function named(resources: readonly Declared[], name: string): Declared {
  const found = resources.filter((resource) => resource.name === name);
  const [one] = found;
  if (one === undefined || found.length > 1) {
    const names = resources.map((resource) => resource.name).join(", ");
    throw new Error(`${String(found.length)} resources are named ${name}; there are ${names}`);
  }
  return one;
}

function toDeclared(request: Request): Declared {
  const inputs = request.getObject().toJavaScript();
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: withSecrets(inputs, () => "[secret]") as Record<string, unknown>,
    revealed: withSecrets(inputs, (value) => value) as Record<string, unknown>,
    dependsOn: request.getDependenciesList().map(nameOf).sort(),
    parent: nameOf(request.getParent()),
    provider: nameOf(request.getProvider().split("::").slice(0, -1).join("::")),
    protect: request.getProtect(),
    retainOnDelete: request.getRetainondelete(),
    deletedWith: nameOf(request.getDeletedwith()),
    secretOutputs: request.getAdditionalsecretoutputsList(),
    deleteTimeout: request.getCustomtimeouts()?.getDelete() ?? "",
  };
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

/** The key and the value by which Pulumi marks a secret on the wire. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

function withSecrets(value: unknown, show: (secret: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withSecrets(item, show));
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Record<string, unknown>;
  if (fields[SIGNATURE] === SECRET) return show(withSecrets(fields["value"], show));
  return Object.fromEntries(Object.entries(fields).map(([key, item]) => [key, withSecrets(item, show)]));
}
