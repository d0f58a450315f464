import { parse } from "yaml";

/** What a kubeconfig says of the API server that its context leads to. */
export interface KubeconfigCluster {
  readonly server: string;
  /** The CA in PEM, where the kubeconfig holds it itself. */
  readonly certificateAuthority?: string;
  /** Whether it says by other means what to trust: by a file of its machine, or by trusting anybody. */
  readonly trustsOtherwise: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The cluster of a kubeconfig's context. Absent where the text is no kubeconfig or has no such context.
 * @param context the context's name. @default the kubeconfig's `current-context`
 * Format: k8s.io/client-go/tools/clientcmd/api/v1, `Config`
 */
export function kubeconfigCluster(text: string, context?: string): KubeconfigCluster | undefined {
  const config = fields(parsed(text));
  const wanted = context ?? config["current-context"];
  const clusterName = fields(entry(config["contexts"], wanted)["context"])["cluster"];
  const cluster = fields(entry(config["clusters"], clusterName)["cluster"]);
  const { server } = cluster;
  if (typeof server !== "string") return undefined;
  const data = cluster["certificate-authority-data"];
  return {
    server,
    ...(typeof data === "string" && { certificateAuthority: Buffer.from(data, "base64").toString("utf8") }),
    trustsOtherwise: cluster["certificate-authority"] !== undefined || cluster["insecure-skip-tls-verify"] === true,
  };
}

/** The parser's own complaint quotes the text, which holds credentials. */
function parsed(text: string): unknown {
  try {
    return parse(text, { logLevel: "silent" });
  } catch {
    return undefined;
  }
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The entry of a list whose `name` this is. */
function entry(list: unknown, name: unknown): Fields {
  if (!Array.isArray(list) || typeof name !== "string") return {};
  return fields(list.find((item) => fields(item)["name"] === name));
}
