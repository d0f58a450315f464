import { existsSync, writeFileSync } from "node:fs";
import { issueToken } from "./auth/issue-token";
import { timestamp, type GitLabContext } from "./context";

/** Makes the administrator `root`, of id 1, and their token, where they are missing. */
export function ensureRoot(context: GitLabContext): void {
  const { store, paths } = context;
  const root =
    store.users.get(1) ??
    store.users.insert({
      username: "root",
      name: "Administrator",
      email: "admin@example.com",
      state: "active",
      admin: true,
      bot: false,
      external: false,
      can_create_group: true,
      projects_limit: 100_000,
      namespace_id: store.groups.reserveId(),
      created_at: timestamp(context),
      password_digest: null,
      last_activity_on: null,
    });
  if (existsSync(paths.rootToken)) return;
  const { text } = issueToken(context, { kind: "personal", user_id: root.id, name: "root", scopes: ["api"] });
  writeFileSync(paths.rootToken, `${text}\n`, { mode: 0o600 });
}
