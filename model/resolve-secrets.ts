import type { RepositoryCredentials } from "./project";
import type { Path, Report } from "./report";
import type { Transport } from "./git-url";
import type { SecretInput } from "./schema/secrets";
import { SECRET_FORMS } from "./schema/secrets";
import type { SecretText } from "./secret";
import { suggestionOr } from "./suggest";

export type Secrets = Readonly<Record<string, SecretInput>>;

/** Finds a secret by its name. The name is not repeated in a problem: people have pasted tokens in its place. */
function find(name: string, secrets: Secrets, path: Path, report: Report): SecretInput | undefined {
  const known = Object.keys(secrets).sort();
  const secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
  if (secret === undefined) {
    report.error(path, {
      message: "the stack's config has no secret of this name",
      allowed: known.length === 0 ? "none: the stack's config has no secrets" : known.join(", "),
      fix: suggestionOr(
        name,
        known,
        "set it with: pulumi config set --path --secret 'gitops-factory:secrets.NAME.password'",
      ),
    });
  }
  return secret;
}

function formOf(secret: SecretInput): keyof typeof SECRET_FORMS {
  if ("password" in secret) return "password";
  return "privateKey" in secret ? "privateKey" : "value";
}

function wrongForm(
  secret: SecretInput,
  wanted: keyof typeof SECRET_FORMS,
  why: string,
  path: Path,
  report: Report,
): void {
  report.error(path, {
    message: `the secret has the form {${SECRET_FORMS[formOf(secret)]}}, but ${why}`,
    allowed: `a secret of the form {${SECRET_FORMS[wanted]}}`,
    fix: "name a secret of that form, or change the URL's scheme",
  });
}

/** The text of a secret of the form `{value}`. */
export function resolveValue(name: string, secrets: Secrets, path: Path, report: Report): SecretText | undefined {
  const secret = find(name, secrets, path, report);
  if (secret === undefined) return undefined;
  if ("value" in secret) return secret.value;
  report.error(path, {
    message: `the secret has the form {${SECRET_FORMS[formOf(secret)]}}`,
    allowed: `a secret of the form {${SECRET_FORMS.value}}`,
    fix: "name a secret of that form",
  });
  return undefined;
}

/** A user's name and password. */
export function resolveLogin(
  name: string,
  secrets: Secrets,
  path: Path,
  report: Report,
): { readonly username: string; readonly password: SecretText } | undefined {
  const secret = find(name, secrets, path, report);
  if (secret === undefined) return undefined;
  if ("password" in secret) return { username: secret.username, password: secret.password };
  report.error(path, {
    message: `the secret has the form {${SECRET_FORMS[formOf(secret)]}}`,
    allowed: `a secret of the form {${SECRET_FORMS.password}}`,
    fix: "name a secret of that form",
  });
  return undefined;
}

/** What opens a repository: a login for http and https, a key for SSH. */
export function resolveCredentials(
  name: string,
  transport: Transport,
  secrets: Secrets,
  path: Path,
  report: Report,
): RepositoryCredentials | undefined {
  const secret = find(name, secrets, path, report);
  if (secret === undefined) return undefined;
  if (transport === "ssh") {
    if ("privateKey" in secret) return { kind: "ssh", privateKey: secret.privateKey };
    wrongForm(secret, "privateKey", "the repository is reached by SSH", path, report);
    return undefined;
  }
  if ("password" in secret) return { kind: "https", username: secret.username, password: secret.password };
  wrongForm(secret, "password", `the repository is reached by ${transport}`, path, report);
  return undefined;
}
