import { readFileSync } from "node:fs";
import { type PropertyMap, unwrapSecrets } from "../rpc";
import type { TlsSettings } from "./client/transport";

/** What the provider is configured with. */
export interface Settings {
  /** GitLab's address, without `/api/v4` and without a slash at its end. */
  readonly host: string;
  /** The header by which every request says who asks. */
  readonly authorization: Readonly<Record<string, string>>;
  /** Further headers of every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsSettings;
  /** How often a request is sent again that GitLab was too busy for. */
  readonly retries: number;
  /** Whether the token is tried before anything else is done. */
  readonly earlyAuthCheck: boolean;
}

/**
 * Reads the provider's inputs, of which those that are no texts come as JSON. `GITLAB_TOKEN`, `GITLAB_BASE_URL` and
 * `GITLAB_EARLY_AUTH_CHECK` stand in for what is not given; a CI job's own token does with `enableAutoCiSupport`.
 *
 * @throws when there is no token, when a file cannot be read, or when glab's configuration is asked for
 */
export function readSettings(inputs: PropertyMap, env: NodeJS.ProcessEnv = process.env): Settings {
  const given = unwrapSecrets(inputs);
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const json = (name: string): unknown => {
    const value = given[name];
    return typeof value === "string" ? (JSON.parse(value) as unknown) : (value ?? undefined);
  };
  if (text("configFile") !== undefined || text("context") !== undefined) {
    throw new Error("the lab's double of the gitlab provider reads no glab configuration: give baseUrl and token");
  }
  const inJob = json("enableAutoCiSupport") === true && env["GITLAB_CI"] === "true";
  const base = text("baseUrl") ?? env["GITLAB_BASE_URL"] ?? (inJob ? env["CI_API_V4_URL"] : undefined);
  return {
    host: (base ?? "https://gitlab.com").replace(/\/+$/, "").replace(/\/api\/v4$/, ""),
    authorization: authorization(text("token") ?? env["GITLAB_TOKEN"], inJob ? env["CI_JOB_TOKEN"] : undefined),
    headers: (json("headers") ?? {}) as Record<string, string>,
    tls: {
      ...file("ca", "cacertFile", text("cacertFile")),
      ...file("certificate", "clientCert", text("clientCert")),
      ...file("key", "clientKey", text("clientKey")),
      insecure: json("insecure") === true,
    },
    retries: Number(json("retries") ?? 5),
    earlyAuthCheck: (json("earlyAuthCheck") ?? flag(env["GITLAB_EARLY_AUTH_CHECK"])) !== false,
  };
}

function authorization(token: string | undefined, jobToken: string | undefined): Record<string, string> {
  if (token !== undefined && token !== "") return { authorization: `Bearer ${token}` };
  if (jobToken !== undefined) return { "job-token": jobToken };
  throw new Error(
    "no GitLab token is configured: give the provider's token, set gitlab:token as a secret of the stack, " +
      "or set the environment variable GITLAB_TOKEN",
  );
}

function file(key: string, input: string, path: string | undefined): Record<string, string> {
  if (path === undefined) return {};
  try {
    return { [key]: readFileSync(path, "utf8") };
  } catch (error) {
    throw new Error(`the gitlab provider's ${input} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function flag(value: string | undefined): boolean | undefined {
  return value === undefined || value === "" ? undefined : !["0", "f", "false"].includes(value.toLowerCase());
}
