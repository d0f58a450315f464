import { type PropertyMap, type PropertyValue, unwrapSecrets } from "../../rpc";
import type { TransportLimits } from "../api/transport";

/** The provider's configuration, as a program or `kubernetes:` stack config gives it. */
export interface Settings {
  /** Path or text; absent: what kubectl would use. */
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly cluster?: string;
  /** For objects that name no namespace. */
  readonly namespace?: string;
  readonly serverSideApply: boolean;
  readonly configMapMutable: boolean;
  readonly secretMutable: boolean;
  /** Take over objects that exist instead of refusing to create them. */
  readonly upsert: boolean;
  /** Take over fields that other managers own; `undefined` when nobody said. */
  readonly patchForce: boolean | undefined;
  readonly deleteUnreachable: boolean;
  readonly skipUpdateUnreachable: boolean;
  readonly suppressDeprecationWarnings: boolean;
  readonly limits: TransportLimits;
}

/**
 * Reads the configuration. What is not set there may be set by the environment variables that the official provider
 * has for it. Values come as JSON in strings (`"true"`), the way the SDKs send them.
 * Throws an Error on settings that this provider does not have, instead of ignoring them.
 */
export function readSettings(inputs: PropertyMap, env: NodeJS.ProcessEnv = process.env): Settings {
  const values = unwrapSecrets(inputs);
  if (textOf(values["renderYamlToDirectory"]) !== undefined) {
    throw new Error(
      `provider setting "renderYamlToDirectory" is not supported by the lab's kubernetes provider: ` +
        `install the official plugin (pulumi plugin install resource kubernetes) to render YAML`,
    );
  }
  const flag = (key: string, variable: string): boolean | undefined =>
    boolean(values[key]) ?? boolean(env[`PULUMI_K8S_${variable}`] ?? null);
  const texts = Object.entries({
    kubeconfig: kubeconfigText(values["kubeconfig"]),
    context: textOf(values["context"]),
    cluster: textOf(values["cluster"]),
    namespace: textOf(values["namespace"]),
  }).filter(([, text]) => text !== undefined);
  return {
    ...(Object.fromEntries(texts) as Pick<Settings, "kubeconfig" | "context" | "cluster" | "namespace">),
    serverSideApply: flag("enableServerSideApply", "ENABLE_SERVER_SIDE_APPLY") ?? true,
    configMapMutable: flag("enableConfigMapMutable", "ENABLE_CONFIGMAP_MUTABLE") ?? false,
    secretMutable: flag("enableSecretMutable", "ENABLE_SECRET_MUTABLE") ?? false,
    upsert: flag("upsertExistingObjects", "UPSERT_EXISTING_OBJECTS") ?? false,
    patchForce: flag("enablePatchForce", "ENABLE_PATCH_FORCE"),
    deleteUnreachable: flag("deleteUnreachable", "DELETE_UNREACHABLE") ?? false,
    skipUpdateUnreachable: flag("skipUpdateUnreachable", "SKIP_UPDATE_UNREACHABLE") ?? false,
    suppressDeprecationWarnings: flag("suppressDeprecationWarnings", "SUPPRESS_DEPRECATION_WARNINGS") ?? false,
    limits: readLimits(values["kubeClientSettings"], env),
  };
}

/** A kubeconfig may come as an object instead of a text. */
export function kubeconfigText(value: PropertyValue | undefined): string | undefined {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : textOf(value);
}

function readLimits(value: PropertyValue | undefined, env: NodeJS.ProcessEnv): TransportLimits {
  const given = (typeof value === "string" && value !== "" ? JSON.parse(value) : (value ?? {})) as Limits | null;
  const number = (own: unknown, variable: string): number | undefined => {
    const text = own ?? env[`PULUMI_K8S_CLIENT_${variable}`];
    if (text === undefined || text === "") return undefined;
    const parsed = Number(text);
    if (Number.isNaN(parsed)) throw new Error(`PULUMI_K8S_CLIENT_${variable}: "${String(text)}" is not a number`);
    return parsed;
  };
  const entries = Object.entries({
    queriesPerSecond: number(given?.qps, "QPS"),
    burst: number(given?.burst, "BURST"),
    requestTimeoutSeconds: number(given?.timeout, "TIMEOUT"),
  });
  return Object.fromEntries(entries.filter(([, limit]) => limit !== undefined));
}

interface Limits {
  readonly qps?: unknown;
  readonly burst?: unknown;
  readonly timeout?: unknown;
}

function textOf(value: PropertyValue | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function boolean(value: PropertyValue | undefined): boolean | undefined {
  if (typeof value === "boolean") return value;
  return typeof value === "string" && value !== "" ? value === "true" : undefined;
}
