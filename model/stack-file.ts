import { readdirSync } from "node:fs";
import { join } from "node:path";
import { reportIssues } from "./issues";
import { readText } from "./read-text";
import { Report } from "./report";
import type { Path } from "./report";
import { CONFIG_NAMESPACE, stackConfig } from "./schema/stack";
import type { StackConfig } from "./schema/stack";
import { SecretText } from "./secret";
import { suggestionOr } from "./suggest";
import { parseYamlDocument } from "./yaml-document";

export interface StackSource {
  /** The project's folder, in which `Pulumi.yaml` lies. */
  readonly root: string;
  readonly stack: string;
  /**
   * The decrypted config by full key, as `pulumi.runtime.allConfig()` gives it: objects and lists as JSON. Without
   * it `Pulumi.<stack>.yaml` is read, whose secrets are ciphertexts.
   */
  readonly config?: Readonly<Record<string, string>>;
  /** What stands in for the ciphertext at a path such as `secrets.gitlab.password`. @default SecretText.sealed */
  readonly ciphertext?: (path: string) => SecretText;
  /** The time that tokens' dates are counted from. @default the present */
  readonly now?: Date;
}

export interface Stack {
  readonly report: Report;
  /** Absent when the config is not valid. */
  readonly config?: StackConfig;
}

/** The keys that the Pulumi CLI itself writes into a stack's file (workspace.ProjectStack of its SDK). */
const CLI_KEYS = ["config", "encryptionsalt", "encryptedkey", "secretsprovider", "environment"];

/** The stacks that have a file, sorted; none when there is no such folder that can be read. */
export function stackNames(root: string): string[] {
  return filesOf(root)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

function filesOf(root: string): string[] {
  try {
    return readdirSync(root);
  } catch {
    return [];
  }
}

/** Reads and checks a stack's config; what is wrong is in the report. */
export function readStack(source: StackSource): Stack {
  const file = `Pulumi.${source.stack}.yaml`;
  const known = stackNames(source.root);
  const written = known.includes(source.stack)
    ? readStackFile(source.root, file, source.ciphertext ?? SecretText.sealed)
    : undefined;
  if (source.config === undefined && written === undefined) {
    const report = new Report(file);
    report.error([], {
      message: "the stack has no config file",
      allowed: known.length === 0 ? "a file for each stack" : `the stacks ${known.join(", ")}`,
      fix: suggestionOr(source.stack, known, "write the file, or name another stack"),
    });
    return { report };
  }
  const report = written?.report ?? new Report(file);
  const values = source.config === undefined ? written?.values : valuesOfEngine(source.config);
  if (values === undefined || report.hasErrors) return { report };
  const result = stackConfig.safeParse(values);
  if (result.success) return { report, config: result.data };
  reportIssues(result.error.issues, values, report, holdsSecret);
  return { report };
}

function holdsSecret(path: Path): boolean {
  return path[0] === "secrets";
}

/** The engine gives lists and maps as JSON; of a key that is not set, the empty default of Pulumi.yaml. */
function valuesOfEngine(config: Readonly<Record<string, string>>): Record<string, unknown> {
  const prefix = `${CONFIG_NAMESPACE}:`;
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key, value]) => key.startsWith(prefix) && value !== "" && value !== "{}")
      .map(([key, value]) => [key.slice(prefix.length), fromJson(value)]),
  );
}

function fromJson(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function readStackFile(root: string, file: string, ciphertext: (path: string) => SecretText) {
  const values: Record<string, unknown> = {};
  const unread = new Report(file);
  const text = readText(join(root, file), unread);
  if (text === undefined) return { report: unread, values };
  const { value, report } = parseYamlDocument(file, text, locate);
  if (!isMap(value)) {
    if (value !== null && value !== undefined) {
      report.error([], {
        message: "the file is not a map",
        allowed: CLI_KEYS.join(", "),
        fix: "write config: and the keys below it",
      });
    }
    return { report, values };
  }
  const config = value["config"] ?? {};
  if (!isMap(config)) {
    report.error([], {
      message: "config is not a map",
      allowed: "a map of keys",
      fix: "write one key a line below config:",
    });
    return { report, values };
  }
  for (const [key, entry] of Object.entries(config)) {
    const [namespace, name] = key.split(/:(.*)/s);
    if (name === undefined) {
      report.error([], {
        message: `the key "${key}" has no namespace`,
        allowed: `${CONFIG_NAMESPACE}:NAME`,
        fix: `write ${CONFIG_NAMESPACE}:${key}`,
      });
    }
    if (namespace === CONFIG_NAMESPACE && name !== undefined) values[name] = entry;
  }
  reportPlainSecrets(values["secrets"], report);
  return { report, values: unseal(values, [], ciphertext) as Record<string, unknown> };
}

/** In the file, the config key `dns` is the entry `gitops-factory:dns` of `config`. */
function locate(path: Path): Path {
  const [key, ...rest] = path;
  return key === undefined ? [] : ["config", `${CONFIG_NAMESPACE}:${String(key)}`, ...rest];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Replaces each `{ secure: ciphertext }` by the secret that it stands for. */
function unseal(value: unknown, path: readonly string[], ciphertext: (path: string) => SecretText): unknown {
  if (Array.isArray(value)) return value.map((item, index) => unseal(item, [...path, String(index)], ciphertext));
  if (!isMap(value)) return value;
  if (typeof value["secure"] === "string" && Object.keys(value).length === 1) return ciphertext(path.join("."));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, unseal(item, [...path, key], ciphertext)]),
  );
}

/** Git keeps what was once committed, so a secret in plain text is an error in every environment. */
function reportPlainSecrets(secrets: unknown, report: Report): void {
  if (!isMap(secrets)) return;
  for (const [name, secret] of Object.entries(secrets)) {
    if (!isMap(secret)) continue;
    for (const key of ["password", "privateKey", "value"]) {
      if (secret[key] === undefined || isMap(secret[key])) continue;
      report.error(["secrets", name, key], {
        message: "the secret stands in plain text",
        allowed: "a ciphertext: secure: …",
        fix: `pulumi config set --path --secret '${CONFIG_NAMESPACE}:secrets.${name}.${key}'; if it was committed, change it where it is used`,
      });
    }
  }
}
