import { readFileSync } from "node:fs";
import { UserError, type Problem } from "../../model/problem";
import { unsetVariable } from "../unset-variable";

/** The secrets that a delivery may need, by the environment variables that hold them. */
const SECRET_NAMES = {
  GITLAB_TOKEN: "a GitLab token of the scope read_api and the role Reporter in the project's group",
  MIRROR_TRIGGER_TOKEN: "the pipeline trigger token of the group's repository mirror",
  ARGOCD_AUTH_TOKEN: "a token of Argo CD that may get the Application",
  FACTORY_GITLAB_TOKEN: "a GitLab token of the scope api and the role Developer in the platform's repository",
  APP_GIT_PASSWORD: "a token that may read the app repository where the team works",
  INFRA_GIT_PASSWORD: "a token that may write to the infra repository where the team works",
} as const;

export type SecretName = keyof typeof SECRET_NAMES;

/** Where a secret was found: an environment variable, or one that names a file. */
export interface FoundSecret {
  readonly text: string;
  /** `GITLAB_TOKEN`, or `GITLAB_TOKEN_FILE`, whose value is a path. */
  readonly variable: string;
}

/** The secrets of the environment. They are in no flag, since other users of the machine see those. */
export class Secrets {
  private constructor(private readonly found: ReadonlyMap<SecretName, FoundSecret>) {}

  /**
   * Reads `NAME`, else the file that `NAME_FILE` names.
   *
   * @throws UserError when a file cannot be read
   */
  static read(env: NodeJS.ProcessEnv): Secrets {
    const found = new Map<SecretName, FoundSecret>();
    const problems: Problem[] = [];
    for (const name of Object.keys(SECRET_NAMES) as SecretName[]) {
      const [text, file] = [env[name]?.trim(), env[`${name}_FILE`]];
      if (text !== undefined && text !== "") found.set(name, { text, variable: name });
      else if (file !== undefined && file !== "") {
        const read = readSecret(name, file);
        if (typeof read === "string") found.set(name, { text: read, variable: `${name}_FILE` });
        else problems.push(read);
      }
    }
    if (problems.length > 0) throw new UserError(problems);
    return new Secrets(found);
  }

  get(name: SecretName): FoundSecret | undefined {
    return this.found.get(name);
  }

  /** All of them, to be masked in what is printed. */
  get texts(): readonly string[] {
    return [...this.found.values()].map(({ text }) => text);
  }

  /** Throws a UserError with all of these that are not there. */
  demand(names: readonly SecretName[]): void {
    const missing = names.filter((name) => !this.found.has(name));
    if (missing.length === 0) return;
    throw new UserError(
      missing.map((name) =>
        unsetVariable(
          name,
          SECRET_NAMES[name],
          `set ${name}, or ${name}_FILE to a file that holds it; in GitLab CI as a masked variable`,
        ),
      ),
    );
  }
}

function readSecret(name: SecretName, file: string): string | Problem {
  const problem = { severity: "error", file: "environment", path: `${name}_FILE`, value: file } as const;
  try {
    const text = readFileSync(file, "utf8").trim();
    return text === "" ? { ...problem, message: "the file is empty", fix: `write the token into it` } : text;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return { ...problem, message: `the file cannot be read (${code})`, fix: "correct the path" };
  }
}
