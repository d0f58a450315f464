import { SECRET as SECRET_TYPE } from "../../policies/kinds";
import type { Preview, PreviewStep } from "../preview/preview";
import { SECRET } from "../engine/hidden-secrets";
import { recordAt } from "./describe/values";
import { isSecretIn, isSecretKey } from "./secret-keys";
import { spellings } from "./spellings";

/** Shorter texts would blacken ordinary words: those of a Secret, and those that are only called one. */
const SHORTEST = 6;
const SHORTEST_CALLED = 8;

/** Keys of a Secret that Argo CD reads which are no secrets: https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/ */
const OPEN_KEYS = new Set([
  ...["type", "url", "project", "name", "server", "namespaces", "clusterResources", "username", "enableOCI"],
  ...["insecure", "forceHttpBasicAuth", "enableLfs", "depth"],
]);

/** Variables of a job that hold what nobody may read; those of GitLab's whose names say so are found by name. */
const VARIABLE =
  /(?:TOKEN|PASS(?:WORD|WD|PHRASE)|SECRET|CREDENTIALS?|(?:^|_)(?:PASS|JWT|PAT|AUTH(?:_CONFIG)?)|(?:PRIVATE|SECRET|ACCESS|API|STORAGE|ACCOUNT|ENCRYPTION|SIGNING|SSH)_KEY)$/i;

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
  const texts = [...new Set(lines.map((line) => line.trim()))].filter((text) => text.length >= SHORTEST);
  return [...new Set(texts.flatMap(spellings))].filter((text) => text !== SECRET);
}

function collectFromStep({ type, isCustom, before, after }: PreviewStep, found: Set<string>): void {
  for (const inputs of [before, after]) {
    if (type === SECRET_TYPE || type.endsWith(":SecretPatch")) {
      for (const [key, value] of Object.entries(recordAt(inputs, "data"))) {
        if (OPEN_KEYS.has(key) || typeof value !== "string") continue;
        found.add(value);
        collectFromSecret(Buffer.from(value, "base64").toString("utf8"), found);
      }
      for (const [key, value] of Object.entries(recordAt(inputs, "stringData"))) {
        if (!OPEN_KEYS.has(key) && typeof value === "string") collectFromSecret(value, found);
      }
    }
    // A component has no more than the names of secrets.
    if (isCustom) collect(inputs, false, "", found);
  }
}

/** What a Secret holds under one key, which may be JSON that holds several: a registry's log-in, a cluster's. */
function collectFromSecret(text: string, found: Set<string>): void {
  found.add(text);
  if (!text.startsWith("{")) return;
  try {
    collect(JSON.parse(text), false, "", found);
  } catch {
    // It only looks like it.
  }
}

/** The texts below keys that are named after secrets. */
function collect(value: unknown, isSecret: boolean, at: string, found: Set<string>): void {
  if (typeof value === "string") {
    if (isSecret && value.length >= SHORTEST_CALLED) found.add(value);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, isSecret && typeof item === "string", at, found);
  } else if (value !== null && typeof value === "object") {
    const object = value as Record<string, unknown>;
    // What stands below such a key is described by keys of its own: `credentials: { kind: deployToken }`.
    for (const key of Object.keys(object)) collect(object[key], isSecretIn(object, key, at), key, found);
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
