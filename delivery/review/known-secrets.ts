import { SECRET as SECRET_TYPE } from "../../policies/kinds";
import type { Preview, PreviewStep } from "../preview/preview";
import { SECRET } from "../engine/hidden-secrets";
import { recordAt } from "./describe/values";
import { isSecretKey } from "./secret-keys";

/** Shorter texts would blacken ordinary words: those of a Secret, and those that are only called one. */
const SHORTEST = 6;
const SHORTEST_CALLED = 8;

/** Keys of a Secret that Argo CD reads which are no secrets: https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/ */
const OPEN_KEYS = new Set([
  ...["type", "url", "project", "name", "server", "namespaces", "clusterResources", "username", "enableOCI"],
  ...["insecure", "forceHttpBasicAuth", "enableLfs", "depth"],
]);

/** Variables of a job that hold what nobody may read; those of GitLab's whose names say so are found by name. */
const VARIABLE = /(?:TOKEN|PASSWORD|PASSPHRASE|SECRET(?:_ACCESS)?_KEY|SECRET)$/;

/**
 * Texts that must not be shown wherever they turn up: what previews carry in clear under the keys of secrets, and what
 * the environment holds.
 */
export function knownSecrets(previews: readonly Preview[], env: NodeJS.ProcessEnv): string[] {
  const found = new Set<string>();
  for (const { steps, config } of previews) {
    for (const step of steps) collectFromStep(step, found);
    for (const [key, value] of Object.entries(config)) collectFromConfig(key, value, found);
  }
  for (const [name, value] of Object.entries(env)) {
    if (VARIABLE.test(name) && (value?.trim().length ?? 0) >= SHORTEST_CALLED) found.add(value?.trim() ?? "");
  }
  // A key's lines may be shown apart.
  const lines = [...found].flatMap((text) => (text.includes("\n") ? [text, ...text.split("\n")] : [text]));
  return [...new Set(lines.map((line) => line.trim()))].filter((text) => text.length >= SHORTEST && text !== SECRET);
}

function collectFromStep({ type, isCustom, before, after }: PreviewStep, found: Set<string>): void {
  for (const inputs of [before, after]) {
    if (type === SECRET_TYPE || type.endsWith(":SecretPatch")) {
      for (const [key, value] of Object.entries(recordAt(inputs, "data"))) {
        if (OPEN_KEYS.has(key) || typeof value !== "string") continue;
        found.add(value);
        found.add(Buffer.from(value, "base64").toString("utf8"));
      }
      for (const [key, value] of Object.entries(recordAt(inputs, "stringData"))) {
        if (!OPEN_KEYS.has(key) && typeof value === "string") found.add(value);
      }
    }
    // A component has no more than the names of secrets.
    if (isCustom) collect(inputs, false, found);
  }
}

/** The texts below keys that are named after secrets. */
function collect(value: unknown, isSecret: boolean, found: Set<string>): void {
  if (typeof value === "string") {
    if (isSecret && value.length >= SHORTEST_CALLED) found.add(value);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, isSecret, found);
  } else if (value !== null && typeof value === "object") {
    for (const key in value) {
      const item = (value as Record<string, unknown>)[key];
      // What stands below such a key is described by keys of its own: `credentials: { kind: deployToken }`.
      collect(item, typeof item === "string" && isSecretKey(key), found);
    }
  }
}

/** A secret that was set without `--secret`: the stack's `secrets` hold nothing else, save for names of users. */
function collectFromConfig(key: string, value: string, found: Set<string>): void {
  if (!key.endsWith(":secrets")) {
    if (isSecretKey(key)) found.add(value);
    return;
  }
  try {
    const secrets = JSON.parse(value) as Record<string, Record<string, unknown>>;
    for (const entry of Object.values(secrets)) {
      for (const [name, text] of Object.entries(entry)) {
        if (name !== "username" && typeof text === "string") found.add(text);
      }
    }
  } catch {
    found.add(value);
  }
}
