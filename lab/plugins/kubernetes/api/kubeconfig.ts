import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";

/** How to reach one cluster as one user. Certificates and keys are PEM. */
export interface ClusterAccess {
  /** The API server's URL. */
  readonly server: string;
  readonly ca?: string;
  readonly insecure: boolean;
  /** The name that the server's certificate must carry, when it is not the URL's host. */
  readonly serverName?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly token?: string;
  readonly username?: string;
  readonly password?: string;
  /** The namespace for objects that name none: the context's, else `default`. */
  readonly namespace: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** A kubeconfig as read, its entries by name. Relative paths in it are relative to `folder`. */
export interface Kubeconfig {
  readonly currentContext: string;
  readonly clusters: ReadonlyMap<string, Fields>;
  readonly users: ReadonlyMap<string, Fields>;
  readonly contexts: ReadonlyMap<string, Fields>;
  readonly folder: string;
}

/** Which of a kubeconfig's entries to use; absent: what the kubeconfig says itself. */
export interface KubeconfigChoice {
  readonly context?: string;
  readonly cluster?: string;
}

/**
 * Reads a kubeconfig given as a path (`~` is the home folder) or as its own text, YAML or JSON.
 * Throws an Error that says what is wrong with it.
 */
export function readKubeconfig(pathOrText: string): Kubeconfig {
  const path = pathOrText.replace(/^~(?=$|\/)/, homedir());
  // A text is never taken for a path: file names have neither line breaks nor braces here.
  if (path.length < 4096 && !/[\n{]/.test(path) && existsSync(path) && statSync(path).isFile()) {
    return parseKubeconfig(readFileSync(path, "utf8"), dirname(resolve(path)));
  }
  return parseKubeconfig(pathOrText, process.cwd());
}

/** The kubeconfig that kubectl would use: `$KUBECONFIG` (its first existing file), else `~/.kube/config`. */
export function readDefaultKubeconfig(): Kubeconfig {
  const named = (process.env["KUBECONFIG"] ?? "").split(":").filter((path) => path !== "");
  const paths = named.length > 0 ? named : [join(homedir(), ".kube", "config")];
  const found = paths.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`no kubeconfig found at ${paths.join(" or ")}`);
  return readKubeconfig(found);
}

/** The access that a kubeconfig grants. Throws an Error that names the missing or unreadable entry. */
export function clusterAccess(config: Kubeconfig, choice: KubeconfigChoice = {}): ClusterAccess {
  const contextName = choice.context ?? config.currentContext;
  const context = config.contexts.get(contextName);
  if (context === undefined && (contextName !== "" || config.clusters.size === 0)) {
    throw new Error(
      contextName === ""
        ? "invalid kubeconfig: it names no current context and no cluster"
        : `invalid kubeconfig: context "${contextName}" does not exist`,
    );
  }
  const clusterName = choice.cluster ?? text(context?.["cluster"]) ?? [...config.clusters.keys()][0] ?? "";
  const cluster = config.clusters.get(clusterName);
  const server = text(cluster?.["server"]);
  if (cluster === undefined || server === undefined) {
    throw new Error(`invalid kubeconfig: cluster "${clusterName}" does not exist or has no server`);
  }
  const user = config.users.get(text(context?.["user"]) ?? "") ?? {};
  const read = (fields: Fields, key: string): string | undefined => pem(fields, key, config.folder);
  return defined({
    server,
    ca: read(cluster, "certificate-authority"),
    insecure: cluster["insecure-skip-tls-verify"] === true,
    serverName: text(cluster["tls-server-name"]),
    certificate: read(user, "client-certificate"),
    key: read(user, "client-key"),
    username: text(user["username"]),
    password: text(user["password"]),
    namespace: text(context?.["namespace"]) ?? "default",
    ...credentials(user, config.folder),
  });
}

/** What identifies the cluster that a kubeconfig's context points to; `undefined` when there is none. */
export function activeCluster(config: Kubeconfig, choice: KubeconfigChoice): Fields | undefined {
  const context = config.contexts.get(choice.context ?? config.currentContext);
  if (context === undefined) return undefined;
  return config.clusters.get(choice.cluster ?? text(context["cluster"]) ?? "");
}

function credentials(user: Fields, folder: string): Partial<ClusterAccess> {
  const token = text(user["token"]);
  if (token !== undefined) return { token };
  const tokenFile = text(user["tokenFile"]);
  if (tokenFile !== undefined) return { token: readFileSync(resolve(folder, tokenFile), "utf8").trim() };
  return user["exec"] === undefined ? {} : execCredentials(user["exec"] as Fields);
}

/** Asks a credential plugin. Source: the client.authentication.k8s.io API. */
function execCredentials(exec: Fields): Partial<ClusterAccess> {
  const added = ((exec["env"] ?? []) as { name: string; value: string }[]).map(({ name, value }) => [name, value]);
  const request = { apiVersion: exec["apiVersion"], kind: "ExecCredential", spec: { interactive: false } };
  const output = execFileSync(String(exec["command"]), (exec["args"] ?? []) as string[], {
    encoding: "utf8",
    env: { ...process.env, ...Object.fromEntries(added), KUBERNETES_EXEC_INFO: JSON.stringify(request) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { status = {} } = JSON.parse(output) as { status?: Fields };
  return defined({
    token: text(status["token"]),
    certificate: text(status["clientCertificateData"]),
    key: text(status["clientKeyData"]),
  });
}

function parseKubeconfig(content: string, folder: string): Kubeconfig {
  const parsed: unknown = parse(content);
  if (typeof parsed !== "object" || parsed === null) {
    throw new Error("it is neither the path of a file nor the text of a kubeconfig");
  }
  const fields = parsed as Fields;
  return {
    currentContext: text(fields["current-context"]) ?? "",
    clusters: named(fields["clusters"], "cluster"),
    users: named(fields["users"], "user"),
    contexts: named(fields["contexts"], "context"),
    folder,
  };
}

function named(list: unknown, key: string): Map<string, Fields> {
  const entries = Array.isArray(list) ? (list as Fields[]) : [];
  return new Map(entries.map((entry) => [String(entry["name"]), (entry[key] ?? {}) as Fields]));
}

/** A PEM entry: inline in base64 under `<key>-data`, else a file. */
function pem(fields: Fields, key: string, folder: string): string | undefined {
  const inline = text(fields[`${key}-data`]);
  if (inline !== undefined) return Buffer.from(inline, "base64").toString("utf8");
  const path = text(fields[key]);
  return path === undefined ? undefined : readFileSync(resolve(folder, path), "utf8");
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same object without the keys whose value is undefined. */
function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
