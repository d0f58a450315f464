import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A webhook of a repository, with the names that GitLab's API has for it. */
export interface Webhook {
  readonly url: string;
  /** Sent as X-Gitlab-Token, for the receiver to know the sender by. @default none is sent */
  readonly token?: string;
  /** Whether the receiver's certificate has to be good. @default true */
  readonly enableSslVerification?: boolean;
  /** Sent beside those of every webhook. @default none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A repository keeps its webhooks beside its objects, where no client gets at them. */
function fileOf(repository: string): string {
  return join(repository, webhooksFile);
}

export const webhooksFile = "webhooks.json";

/** @param repository the folder of a bare repository */
export function readWebhooks(repository: string): readonly Webhook[] {
  const file = fileOf(repository);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Webhook[]) : [];
}

/** Replaces the webhooks of a repository. They hold tokens, so that only the owner may read them. */
export function writeWebhooks(repository: string, webhooks: readonly Webhook[]): void {
  writeFileSync(fileOf(repository), `${JSON.stringify(webhooks, undefined, 2)}\n`, { mode: 0o600 });
}
