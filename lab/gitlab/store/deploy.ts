import type { Identified } from "./table";

/** What deploy tokens may do, in the order in which GitLab tells it. */
export const deployTokenScopes = [
  "read_repository",
  "read_registry",
  "write_registry",
  "read_package_registry",
  "write_package_registry",
  "read_virtual_registry",
  "write_virtual_registry",
] as const;
export type DeployTokenScope = (typeof deployTokenScopes)[number];

/** A token that is nobody's: it reads the repositories of a group or a project. */
export interface DeployToken extends Identified {
  readonly source_type: "group" | "project";
  readonly source_id: number;
  readonly name: string;
  /** `gitlab+deploy-token-1`, unless it was given. */
  readonly username: string;
  /** SHA-256 of the token, hexadecimal. */
  readonly digest: string;
  readonly scopes: readonly DeployTokenScope[];
  readonly revoked: boolean;
  readonly created_at: string;
  /** A point in time; null for never. */
  readonly expires_at: string | null;
}

/** A public SSH key by which a project's repository is read, or written too. */
export interface DeployKey extends Identified {
  readonly project_id: number;
  readonly title: string;
  /** As a line of a `.pub` file. */
  readonly key: string;
  readonly can_push: boolean;
  readonly created_at: string;
  readonly expires_at: string | null;
}
