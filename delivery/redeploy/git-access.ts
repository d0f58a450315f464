import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isConnectionFault } from "../bump/push";
import { gitError } from "../bump/checkout";
import type { Git, GitResult } from "../bump/git";
import { backoff } from "../clock";
import type { Patience } from "../http/service";

/** How Git reaches a repository. */
export interface GitAccess {
  readonly url: string;
  /** Absent: git's own helpers and SSH keys. */
  readonly credentials?: {
    readonly user: string;
    /** The environment variable that holds the password, or with `_FILE` at its end the file that does. */
    readonly variable: string;
  };
  /** PEM of the authorities that are trusted. @default git's own */
  readonly ca?: readonly string[];
}

/**
 * What git is told for an access, as config. The password is read from the environment when git asks for it: it is in no
 * command line, no URL and no file.
 */
export function gitConfigOf({ url, credentials, ca }: GitAccess, folder: string): [key: string, value: string][] {
  const config: [string, string][] = [];
  if (credentials !== undefined) {
    const { user, variable } = credentials;
    const password = variable.endsWith("_FILE") ? `$(cat "$${variable}")` : `$${variable}`;
    const quoted = `'${user.replaceAll("'", "'\\''")}'`;
    const helper = `!f() { test "$1" = get || return 0; printf 'username=%s\\npassword=%s\\n' ${quoted} "${password}"; }; f`;
    // An empty helper takes those away that the machine has: they might store the password.
    config.push(["credential.helper", ""], ["credential.helper", helper]);
  }
  if (ca !== undefined && url.startsWith("https:")) {
    const file = join(folder, "authorities.pem");
    writeFileSync(file, ca.join("\n"), { mode: 0o600 });
    config.push(["http.sslCAInfo", file]);
  }
  return config;
}

/** What git's words mean when it could not read a repository. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [
    /authentication failed|could not read (?:username|password)|access denied|permission denied|\b40[13]\b/i,
    "the server does not take the credentials, or there are none",
  ],
  [/not found|does not (?:appear to be|exist)|\b404\b/i, "there is no such repository for these credentials"],
  [/certificate|SSL|TLS/, "the server's certificate is not trusted"],
];

/**
 * Runs git against a server, and again while the server is away.
 *
 * @param name what is asked, for messages: `the infra repository`
 * @param fix what to do when the server refuses
 * @throws UserError when it refuses or stays away
 */
export async function patientGit(
  git: Git,
  args: readonly string[],
  {
    name,
    url,
    fix,
    patience,
    signal,
  }: { name: string; url: string; fix: string; patience: Patience; signal: AbortSignal },
): Promise<string> {
  const { clock, outageMs, tell } = patience;
  const waits = backoff(500, 10_000);
  let since: number | undefined;
  for (;;) {
    const result = await git.try(args, { signal });
    if (result.code === 0) {
      if (since !== undefined) tell(`the server of ${name} answers again`);
      return result.out;
    }
    const found = MEANINGS.find(([pattern]) => pattern.test(result.said));
    if (found !== undefined || !isConnectionFault(result))
      throw gitError(url, found?.[1] ?? `git fails on ${name}`, fix, lastLine(result));
    if (since === undefined) {
      since = clock.now();
      tell(`the server of ${name} is away (${lastLine(result)}): asking again for ${String(outageMs / 1000)} s`);
    }
    const wait = waits.next().value;
    if (clock.now() - since + wait > outageMs) {
      throw gitError(
        url,
        `the server of ${name} stays away`,
        "run the same command again once it is back: it goes on from here",
        lastLine(result),
      );
    }
    await clock.sleep(wait, signal);
  }
}

function lastLine({ said }: GitResult): string {
  return (
    said
      .split("\n")
      .filter((line) => line.trim() !== "")
      .at(-1)
      ?.replace(/^fatal: /, "") ?? "git said nothing"
  );
}
