import { join } from "node:path";
import type { Layout } from "../layout";

/** Where the Git server keeps what. */
export interface GitFiles {
  /** Bare repositories: `acme/shop.git`. */
  readonly repositories: string;
  /** Who may read and write which repository. */
  readonly access: string;
  /** The configuration of the server's own git; nothing of the machine's or a user's counts. */
  readonly gitconfig: string;
  /** Hooks of all repositories. */
  readonly hooks: string;
  /** One line for each delivery of a webhook. */
  readonly webhookLog: string;
  /** sshd's configuration, keys and accounts. */
  readonly ssh: string;
  readonly authorizedKeys: string;
  /** Lines of known_hosts by which clients know the server. */
  readonly knownHosts: string;
  /** What an SSH session runs, whatever the client asks for. */
  readonly session: string;
}

export function gitFiles({ parts, logs }: Pick<Layout, "parts" | "logs">): GitFiles {
  return gitFilesIn(join(parts, "git"), join(logs, "git-webhooks.log"));
}

export function gitFilesIn(folder: string, webhookLog: string): GitFiles {
  const ssh = join(folder, "ssh");
  return {
    repositories: join(folder, "repositories"),
    access: join(folder, "access.json"),
    gitconfig: join(folder, "gitconfig"),
    hooks: join(folder, "hooks"),
    webhookLog,
    ssh,
    authorizedKeys: join(ssh, "authorized_keys"),
    knownHosts: join(ssh, "known_hosts"),
    session: join(ssh, "session"),
  };
}

/** The names by which the server is known beside its address; its certificate and host key are for them. */
export const gitHostNames = [
  "git.protobox",
  "git.service.consul",
  // The hosts of the example catalogue, which the demonstration has on this server too.
  "git.acme.example",
  "gitlab.cpn.example",
] as const;

/** Its address on the web, as its webhooks tell it. */
export const gitWebUrl = `http://${gitHostNames[0]}`;
