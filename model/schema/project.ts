import { z } from "zod";
import type { Finding } from "../report";
import { environmentName, objectName, organisationName, principal, projectName } from "./names";
import { appRepository, projectGitLab } from "./gitlab-project";
import { network } from "./network";
import { repository } from "./repository";
import { distinct, judge, strict } from "./strict";
import { projectWindows } from "./sync-windows";
import { containerResources, groupKind, podSecurity, quota } from "./values";

/** What a project sets for all its environments, and may set otherwise for one. */
const settings = {
  quota: quota.optional().describe("The project's share of the cluster."),
  autosync: z.boolean().optional().describe("Whether Argo CD synchronises by itself. Default: true."),
  cluster: objectName
    .optional()
    .describe("The cluster to run on, by its name in the stack's config. Default: in-cluster."),
  revision: z.string().min(1).optional().describe("Branch, tag or commit of all Git repositories. Default: HEAD."),
  containerDefaults: containerResources.optional().describe("Requests and limits of containers that name none."),
  podSecurity: podSecurity.optional(),
  network: network.optional().describe("What the network policy leaves open."),
  ownApplications: z
    .boolean()
    .optional()
    .describe(
      "Whether the project may deploy Applications of its own into its namespace, within its AppProject (app of apps). " +
        "The platform must allow it. Default: false.",
    ),
  syncWindows: projectWindows
    .optional()
    .describe("When Applications may be synchronised; the platform's windows and those of the environment are added."),
};

const names = strict({
  namespace: objectName.optional().describe("The namespace. Default: organisation-project-environment-hash."),
  appProject: objectName.optional().describe("The AppProject. Default: organisation-project-environment-hash."),
});

const environmentOverrides = strict({
  ...settings,
  names: names
    .optional()
    .describe("Names of objects that were there before the project came into the catalogue, and are kept."),
}).nullable();

const environments = z
  .union([
    distinct(environmentName).min(1),
    z
      .record(environmentName, environmentOverrides)
      .check(
        judge((value: object): Finding | undefined =>
          Object.keys(value).length === 0 ? { message: "the map is empty", fix: "name an environment" } : undefined,
        ),
      ),
  ])
  .describe("The environments that the project has: a list of names, or a map from a name to what is different there.");

/** One file of the catalogue: `catalog/<organisation>/<project>.yaml`. */
export const projectFile = strict({
  organisation: organisationName,
  name: projectName,
  description: z.string().optional().describe("What the project is, in one sentence."),
  owners: distinct(principal).optional().describe("Whom to ask: addresses or names."),
  groups: strict({
    read: distinct(principal).optional().describe("Groups of the identity provider that may look."),
    write: distinct(principal).optional().describe("Groups of the identity provider that may also synchronise."),
  })
    .optional()
    .describe("Who may use the project in Argo CD."),
  environments,
  ...settings,
  deniedKinds: z.array(groupKind).optional().describe("Kinds that the project may not deploy."),
  repositories: z.array(repository).min(1).describe("The repositories that Argo CD deploys."),
  appRepositories: z
    .array(appRepository)
    .min(1)
    .optional()
    .describe("Repositories with the application's source on the platform's GitLab, which builds them."),
  gitlab: projectGitLab.optional().describe("What the project has on the platform's GitLab beside its repositories."),
});
export type ProjectFile = z.output<typeof projectFile>;
