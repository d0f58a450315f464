import { sameRepositoryKey } from "../../model/git-url";
import { isOf } from "./found-object";
import type { Fields, FoundObject } from "./found-object";
import { asName } from "./identity";
import type { Notes } from "./note";

/** A Secret of Argo CD that opens repositories; its values stay where they are. */
export interface FoundCredentials {
  /** What the stack's config calls them. */
  readonly name: string;
  readonly secret: FoundObject;
  readonly form: "password" | "privateKey" | "unsupported";
  /** How the repository is read: the whole URL, or the beginning of URLs. */
  readonly url: string;
  readonly isTemplate: boolean;
}

const LABEL = "argocd.argoproj.io/secret-type";

/** Keys of a repository's Secret that the factory's has no place for. */
const UNSUPPORTED = [
  "tlsClientCertData",
  "tlsClientCertKey",
  "githubAppPrivateKey",
  "gcpServiceAccountKey",
  "bearerToken",
  "insecure",
  "insecureIgnoreHostKey",
  "enableLfs",
  "enableOCI",
  "proxy",
  "noProxy",
];

/** The keys that are read at all; no other value of a Secret is kept. */
const READ = ["url", "type", "name", "project", "server"];

/** A Secret as it is handed on: which keys it has, and the values of those that open nothing. */
export function withoutSecrets(
  object: FoundObject,
  data: Fields | undefined,
  stringData: Fields | undefined,
): FoundObject {
  const encoded = Object.entries(data ?? {}).map(
    ([key, value]) => [key, Buffer.from(String(value), "base64").toString("utf8")] as const,
  );
  const plain = Object.entries(stringData ?? {}).map(([key, value]) => [key, String(value)] as const);
  return {
    ...object,
    data: Object.fromEntries(
      [...encoded, ...plain].map(([key, value]) => [key, READ.includes(key) ? value : isTrivial(value) ? "" : "set"]),
    ),
  };
}

function isTrivial(value: string): boolean {
  return value === "" || value === "false";
}

export function credentialsAmong(objects: readonly FoundObject[]): FoundCredentials[] {
  return objects
    .filter(
      (object) =>
        isOf(object, "Secret") && ["repository", "repo-creds"].includes(object.metadata.labels?.[LABEL] ?? ""),
    )
    .map((secret) => {
      const data = secret.data ?? {};
      const form =
        data["sshPrivateKey"] === "set" ? "privateKey" : data["password"] === "set" ? "password" : "unsupported";
      return {
        name: asName(secret.metadata.name) ?? "repository",
        secret,
        form,
        url: typeof data["url"] === "string" ? data["url"] : "",
        isTemplate: secret.metadata.labels?.[LABEL] === "repo-creds",
      };
    });
}

/** The credentials that Argo CD reads the repository with: those of the URL itself, else the longest beginning. */
export function credentialsFor(
  url: string,
  all: readonly FoundCredentials[],
  notes: Notes,
): FoundCredentials | undefined {
  const exact = all.find((one) => !one.isTemplate && sameRepositoryKey(one.url) === sameRepositoryKey(url));
  const [longest] = all
    .filter((one) => one.isTemplate && one.url !== "" && url.startsWith(one.url))
    .sort((one, other) => other.url.length - one.url.length);
  const found = exact !== undefined && exact.form === "unsupported" ? (longest ?? exact) : (exact ?? longest);
  if (found === undefined) return undefined;
  const place = `Secret ${found.secret.metadata.name}`;
  for (const key of UNSUPPORTED.filter((one) => found.secret.data?.[one] === "set")) {
    notes.refused(
      place,
      key,
      "the catalogue's credentials are a user with a password, or a private key",
      "give the repository such credentials, then adopt again",
    );
  }
  return found.form === "unsupported" ? undefined : found;
}

/** The commands that put the Secret's values into the stack's config, without showing them. */
export function commandsFor({ name, secret, form }: FoundCredentials, stack: string | undefined): string[] {
  const of = stack === undefined ? "" : ` --stack ${stack}`;
  const { metadata } = secret;
  const read = (key: string): string =>
    `kubectl get secret ${metadata.name} -n ${metadata.namespace ?? "argocd"} -o jsonpath='{.data.${key}}' | base64 -d`;
  const set = (key: string, kind: string): string =>
    `pulumi config set${of} --path ${kind} 'gitops-factory:secrets.${name}.${key}'`;
  if (form === "privateKey") return [`${read("sshPrivateKey")} | ${set("privateKey", "--secret")}`];
  return [
    `${read("username")} | ${set("username", "--plaintext")}`,
    `${read("password")} | ${set("password", "--secret")}`,
  ];
}
