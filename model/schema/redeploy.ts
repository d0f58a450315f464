import { posix } from "node:path";
import { z } from "zod";
import { gitRepositoryFinding } from "../git-url";
import type { Finding } from "../report";
import { environmentName, organisationName, projectName, repositoryName } from "./names";
import { webUrl } from "./network";
import { judge, strict, text } from "./strict";

/** A file in the infra repository, which must not lead out of it. */
const file = text((value) => {
  const isInside =
    value !== "" && !value.startsWith("/") && !value.includes("\\") && posix.normalize(value).split("/")[0] !== "..";
  return isInside
    ? undefined
    : {
        message: "the path leaves the infra repository",
        allowed: "a path below the repository's root: overlays/dev/kustomization.yaml",
        fix: "write the path relative to the repository's root, without .. and leading /",
      };
});

const branch = text((value) =>
  /^[^\s~^:?*[\\-][^\s~^:?*[\\]*$/.test(value) && !value.includes("..")
    ? undefined
    : { message: "the value is not a branch's name", allowed: "such as main", fix: "correct it" },
);

/** A clone URL; a password in it would be in Git. */
const remote = text((value): Finding | undefined => {
  const finding = gitRepositoryFinding(value);
  if (finding === undefined || !finding.message.includes("password")) return finding;
  return {
    ...finding,
    fix: "remove it here, give it by APP_GIT_PASSWORD or INFRA_GIT_PASSWORD, and revoke the one that stood here",
  };
});

const groupPath = text((value) =>
  /^[\w.-]+(?:\/[\w.-]+)*$/.test(value)
    ? undefined
    : { message: "the value is not the path of a group", allowed: "such as ministere/demarches", fix: "correct it" },
);

const caFile = z
  .string()
  .min(1)
  .optional()
  .describe("PEM of the authority of the server's certificate, beside the public ones; relative to this file.");

const repositoryShape = {
  repository: repositoryName.describe("Its name in the project's group on the platform's GitLab."),
  url: remote
    .optional()
    .describe(
      "Where the team works, when that is not the platform's GitLab, which mirrors it then. Without a password.",
    ),
  mirror: z
    .boolean()
    .optional()
    .describe("Whether the platform's GitLab mirrors url. Default: true where url and gitlab are set."),
  branch: branch.optional().describe("The branch that is delivered. Default: main."),
};

const argocd = strict({
  url: webUrl(["https", "http"]).describe("Argo CD's address."),
  caFile,
});

const environment = strict({
  files: z
    .array(file)
    .min(1)
    .describe("The files of the infra repository that name the image: kustomizations, values, manifests."),
  image: z.string().min(1).optional().describe("The image's name in these files. Default: that of the whole."),
  paths: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe("The places in the files, where the image stands at several or without its name: image.tag."),
  branch: branch.optional().describe("The infra repository's branch. Default: that of infra."),
  application: z
    .string()
    .min(1)
    .optional()
    .describe("Argo CD's Application. Default: {organisation}-{project}-{environment}-{infra repository}-{hash}."),
  argocd: argocd.optional().describe("This environment's own Argo CD. Default: that of the whole."),
});

/** `redeploy.yaml`: how a team's commit gets to its pods. */
export const redeployFile = strict({
  organisation: organisationName.describe("The organisation, as in the platform's catalogue."),
  project: projectName.describe("The project, as in the platform's catalogue."),
  gitlab: strict({
    url: webUrl(["https", "http"]).describe("The platform's GitLab."),
    group: groupPath.optional().describe("The project's group there. Default: {organisation}/{project}."),
    caFile,
  })
    .optional()
    .describe("The platform's GitLab. Without it nothing is mirrored and no pipeline is waited for."),
  app: strict({
    ...repositoryShape,
    build: z
      .boolean()
      .optional()
      .describe(
        "Whether a pipeline of this repository on the platform's GitLab builds the image. Default: true with gitlab.",
      ),
  }).describe("The app repository."),
  infra: strict(repositoryShape).describe("The infra repository, which Argo CD deploys."),
  image: z.string().min(1).optional().describe("The image's name in the infra repository, without tag."),
  argocd: argocd.optional().describe("Argo CD. Without it a delivery ends once the infra repository is there."),
  environments: z
    .record(environmentName, environment)
    .check(
      judge((value: object): Finding | undefined =>
        Object.keys(value).length === 0 ? { message: "the map is empty", fix: "name an environment" } : undefined,
      ),
    )
    .describe("What is delivered to each environment."),
}).check((context) => {
  const { gitlab, app, infra } = context.value;
  const missing = (path: string[], message: string, fix: string): void => {
    context.issues.push({ code: "custom", input: context.value, path, message, params: { fix } });
  };
  for (const [name, { url, mirror }] of Object.entries({ app, infra })) {
    if (url === undefined && gitlab === undefined) {
      missing([name], "nobody knows where this repository is", "set gitlab, or url to where the team works");
    }
    if (mirror === true && url === undefined) {
      missing([name, "mirror"], "there is nothing to mirror", "set url to where the team works, or remove mirror");
    }
    if (mirror === true && gitlab === undefined) {
      missing([name, "mirror"], "there is no GitLab to mirror to", "set gitlab, or remove mirror");
    }
  }
  if (app.build === true && gitlab === undefined) {
    missing(["app", "build"], "there is no GitLab that builds", "set gitlab, or remove build");
  }
  for (const [name, { image, paths }] of Object.entries(context.value.environments)) {
    if (context.value.image !== undefined || image !== undefined || paths !== undefined) continue;
    missing(["environments", name], "the image is not named", "set image, here or for all environments, or paths");
  }
});
export type RedeployFile = z.output<typeof redeployFile>;
