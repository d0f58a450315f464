import * as pulumi from "@pulumi/pulumi";
import type { Project, RepositoryCredentials } from "../../model/project";
import { CREDENTIALS_EXPIRY_ANNOTATION } from "../../model/token-window";
import type { RepositoryAccess } from "./repository-secrets";

/** A login that GitLab made, and when it ends. */
export interface DeployToken {
  readonly username: pulumi.Input<string>;
  /** A secret. */
  readonly password: pulumi.Input<string>;
  /** The first day on which it is no longer taken: `2027-03-01`. */
  readonly expiresAt: string;
}

/** Scoped to the project, so that no other project can read the repository with these credentials. */
export function repositoryData(
  project: Project,
  access: RepositoryAccess,
  deployToken: DeployToken | undefined,
): Record<string, pulumi.Input<string>> {
  return {
    type: access.type,
    url: access.url,
    project: project.appProject,
    ...(access.type === "helm" && { name: access.repository }),
    ...credentialData(access.credentials, deployToken),
  };
}

/** Until when the credentials are taken, for whoever looks at the Secret. */
export function expiryAnnotations({ credentials }: RepositoryAccess, deployToken: DeployToken | undefined) {
  if (credentials.kind !== "deployToken" || deployToken === undefined) return {};
  return { annotations: { [CREDENTIALS_EXPIRY_ANNOTATION]: deployToken.expiresAt } };
}

function credentialData(
  credentials: RepositoryCredentials,
  deployToken: DeployToken | undefined,
): Record<string, pulumi.Input<string>> {
  switch (credentials.kind) {
    case "deployToken":
      if (deployToken === undefined) throw new Error("a repository on GitLab was declared without its deploy token");
      return { username: deployToken.username, password: deployToken.password };
    case "https":
      return { username: credentials.username, password: pulumi.secret(credentials.password.reveal()) };
    case "ssh":
      return { sshPrivateKey: pulumi.secret(credentials.privateKey.reveal()) };
  }
}
