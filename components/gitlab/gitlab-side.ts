import * as pulumi from "@pulumi/pulumi";
import type { GitLab, GitLabProject } from "../../model/gitlab";
import type { MirrorFile } from "../../mirror";
import type { DeployToken } from "../project/repository-credentials";
import { declareArgoCdToken } from "./argocd-token";
import { declareGroup, groupId } from "./group";
import { ProjectGroup } from "./project-group";

export interface GitLabSideArgs {
  readonly gitlab: GitLab;
  readonly environment: string;
  /** What lies in each repository `mirror`. */
  readonly mirrorFiles: readonly MirrorFile[];
  /** Whether Pulumi refuses to delete groups and repositories. @default false */
  readonly protect?: boolean;
}

/** A repository that this environment's Argo CD deploys. */
export interface DeployedRepository {
  readonly path: string;
  /** Its id, or the path where another stack made it. */
  readonly project: pulumi.Input<string>;
}

/**
 * The platform's GitLab has a group for each organisation, and in it one for each of its projects, where this stack is
 * their owner; and everywhere a token by which this environment's Argo CD reads each project's repositories.
 */
export class GitLabSide extends pulumi.ComponentResource {
  /** By `<organisation>/<project>`. */
  readonly deployTokens: ReadonlyMap<string, DeployToken>;
  readonly deployed: readonly DeployedRepository[];
  /** By `<organisation>/<project>`, what must be there before Argo CD reads a project's repositories. */
  readonly ready: ReadonlyMap<string, readonly pulumi.Resource[]>;
  /** By `<organisation>/<project>`; none where another stack is the owner. */
  readonly groups: ReadonlyMap<string, ProjectGroup>;

  constructor(name: string, args: GitLabSideArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const { gitlab, environment, mirrorFiles, protect = false } = args;
    const { url, owner, visibility, permanently, argocdTokens } = gitlab;
    super("factory:gitlab:GitLabSide", name, { url, owner, visibility, permanently, argocdTokens, protect }, opts);
    const organisations = new Map(
      gitlab.organisations.map((organisation) => {
        const declared = declareGroup(
          `${name}-${organisation.name}-group`,
          {
            group: organisation,
            settings: gitlab,
            ...(gitlab.parentGroup && { parentId: gitlab.parentGroup.id }),
          },
          { parent: this, protect },
        );
        return [organisation.name, groupId(declared, organisation)];
      }),
    );
    this.groups = new Map(
      gitlab.projects.flatMap((project) => {
        const parentId = organisations.get(project.organisation);
        if (parentId === undefined) return [];
        const key = keyOf(project);
        const group = new ProjectGroup(
          `${name}-${key}`,
          { project, gitlab, parentId, mirrorFiles, protect },
          { parent: this },
        );
        return [[key, group] as const];
      }),
    );
    const deployed = gitlab.projects.filter((project) => infraOf(project).length > 0 && project.deployed);
    this.deployTokens = new Map(
      deployed.map((project) => {
        const key = keyOf(project);
        const group = this.groups.get(key)?.groupId.apply(String) ?? project.group.path;
        return [
          key,
          declareArgoCdToken(`${name}-${key}-argocd`, { group, environment, window: argocdTokens }, { parent: this }),
        ];
      }),
    );
    this.deployed = deployed.flatMap((project) =>
      infraOf(project).map(({ name: repository, path }) => ({
        path,
        project: this.groups.get(keyOf(project))?.repositories.get(repository)?.projectId ?? path,
      })),
    );
    this.ready = new Map(
      [...this.groups].map(([key, { repositories }]) => [
        key,
        [...repositories.values()].flatMap(({ ready }) => ready),
      ]),
    );
    this.registerOutputs({});
  }
}

function infraOf({ repositories }: GitLabProject) {
  return repositories.filter(({ kind }) => kind === "infra");
}

/** How people call a project: `acme/shop`. No name has a slash, so that no two projects have the same. */
export function keyOf({ organisation, name }: { readonly organisation: string; readonly name: string }): string {
  return `${organisation}/${name}`;
}
