import { posix } from "node:path";
import { z } from "zod";
import type { Finding } from "../report";
import { mirrorOf } from "./gitlab-project";
import { environmentName, objectName, repositoryName, secretName } from "./names";
import { gitRepositoryFinding } from "../git-url";
import { shownUrl } from "../shown-url";
import { chartUrl, gitUrl } from "./network";
import { count, distinct, judge, strict, text } from "./strict";

function escapes(path: string): boolean {
  return path.startsWith("/") || posix.normalize(path).split("/")[0] === "..";
}

function pathFinding(path: string): Finding | undefined {
  if (path !== "" && !escapes(path) && !path.includes("\\")) return undefined;
  return {
    message: "the path leaves the repository",
    allowed: "a path below the repository's root, with / between folders: deploy/base",
    fix: "write the path relative to the repository's root, without .. and leading /",
  };
}

/** A folder in the repository; `<env>` stands for the environment's name. */
const folder = text(pathFinding).describe("The folder in the repository; <env> stands for the environment's name.");

const revision = text((value) =>
  /^[^\s~^:?*[\\]+$/.test(value)
    ? undefined
    : {
        message: "the value is not a branch, tag or commit",
        allowed: "such as main, v1.2.0 or HEAD",
        fix: "correct it",
      },
).describe("Branch, tag or commit; <env> stands for the environment's name. Default: HEAD.");

const chartRevision = z.string().min(1).describe("The chart's version, or a range of versions: 1.4.2, 1.4.*.");

const base = { url: gitUrl, revision: revision.optional(), path: folder.optional() };

const manifestsShape = {
  kind: z.literal("manifests").describe("Plain Kubernetes manifests."),
  ...base,
  recurse: z.boolean().optional().describe("Whether folders below the path count too. Default: false."),
};

const image = text((value) =>
  /^[^\s=@:]+(:[0-9]+\/[^\s=@:]+)?(=[^\s=]+)?([:@][^\s=]+)?$/.test(value) && /[=:@]/.test(value)
    ? undefined
    : {
        message: "the value is not an image override",
        allowed: "name=new-name:tag, name:tag or name@sha256:digest",
        fix: "correct it",
      },
);

const kustomizeShape = {
  kind: z.literal("kustomize").describe("A folder with a kustomization.yaml."),
  ...base,
  images: z.array(image).optional().describe("Images to replace, as `kustomize edit set image` takes them."),
};

const valueFile = text((value) =>
  /^\$[A-Za-z0-9-]+\/./.test(value) || (value !== "" && !value.startsWith("/") && !value.includes("://"))
    ? undefined
    : {
        message: "the value is not a file of a repository",
        allowed:
          "a path from the chart's folder (values-<env>.yaml), or $ref/path for a file of the source with that ref",
        fix: "write such a path",
      },
).describe("A value file; <env> stands for the environment's name.");

const parameterValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const helmShape = {
  kind: z.literal("helm").describe("A Helm chart, in a Git repository or in a chart repository."),
  url: chartUrl,
  revision: chartRevision.optional(),
  path: folder.optional(),
  chart: z.string().min(1).optional().describe("The chart's name, when the URL is that of a chart repository."),
  releaseName: objectName.optional().describe("The Helm release's name. Default: the repository's name."),
  valueFiles: distinct(valueFile).optional().describe("Value files, in order of growing weight."),
  parameters: z.record(z.string(), parameterValue).optional().describe("Values that outweigh the value files."),
};

const referenceShape = {
  kind: z.literal("reference").describe("Only lends its files to the other sources."),
  url: gitUrl,
  revision: revision.optional(),
  ref: text((value) =>
    /^[A-Za-z0-9-]+$/.test(value)
      ? undefined
      : { message: "the ref has characters other than letters, digits and hyphens", fix: "rename it" },
  ).describe("The name by which value files refer to this source: $ref/path."),
};

/** A chart repository needs a version and has no folder; a chart in Git has a folder. */
function chartFinding(value: {
  url: string;
  chart?: string | undefined;
  revision?: string | undefined;
  path?: string | undefined;
}): Finding | undefined {
  if (value.chart === undefined) return gitRepositoryFinding(value.url);
  if (value.revision === undefined) {
    return { message: "a chart of a chart repository needs a version", fix: "add revision: with the chart's version" };
  }
  if (value.path === undefined) return undefined;
  return { message: "a chart of a chart repository has no path", fix: "remove path or chart" };
}

/** A further source of the same Application. */
const additionalSource = z.discriminatedUnion("kind", [
  strict(manifestsShape),
  strict(kustomizeShape),
  strict(helmShape).check(judge(chartFinding)),
  strict(referenceShape),
]);
export type SourceInput = z.output<typeof additionalSource>;

const pointer = text(
  (value) =>
    value.startsWith("/")
      ? undefined
      : { message: "the value is not a JSON pointer", allowed: "such as /spec/replicas", fix: "start it with /" },
  /^\//,
);

const ignoreDifference = strict({
  group: z.string().optional().describe('The API group. Default: "", the core group.'),
  kind: z.string().min(1),
  name: z.string().min(1).optional().describe("Only the object of this name."),
  jsonPointers: z.array(pointer).min(1).describe("The fields, as JSON pointers: /spec/replicas."),
});

const syncOption = text(
  (value) =>
    /^[A-Z][A-Za-z]+=[A-Za-z]+$/.test(value)
      ? undefined
      : {
          message: "the value is not a sync option",
          allowed: "Name=value: CreateNamespace=true",
          fix: "write both parts",
        },
  /^[A-Z][A-Za-z]+=[A-Za-z]+$/,
);

const shared = {
  name: repositoryName,
  mirrorOf: mirrorOf
    .optional()
    .describe("The external repository that this one, on the platform's GitLab, is a copy of. Default: none."),
  credentials: secretName
    .optional()
    .describe("The name of a secret in the stack's config (gitops-factory:secrets) that opens the repository."),
  autosync: z.boolean().optional().describe("Whether Argo CD synchronises by itself. false always wins."),
  prune: z.boolean().optional().describe("Whether Argo CD deletes what left Git. Default: true."),
  selfHeal: z.boolean().optional().describe("Whether Argo CD repairs drift. Default: true."),
  retryLimit: count(0, 100).optional().describe("Attempts after a failed synchronisation. Default: 5."),
  syncOptions: distinct(syncOption).optional().describe("Argo CD's sync options: CreateNamespace=true."),
  ignoreDifferences: z.array(ignoreDifference).optional().describe("Differences that do not count."),
  sources: z.array(additionalSource).optional().describe("Further sources of the same Application."),
};

/** What is different in an environment: what every kind of repository may say, and what this kind says beside it. */
function environments<Own extends z.core.$ZodLooseShape>(own: Own) {
  const said = strict({
    revision: chartRevision.optional().describe("The revision, or the chart's version, in this environment."),
    autosync: z.boolean().optional().describe("Whether Argo CD synchronises by itself in this environment."),
    path: folder.optional().describe("The folder in the repository, in this environment."),
    applicationName: objectName
      .optional()
      .describe("The name of an Application that was there before, and is kept. Default: it is computed."),
    ...own,
  });
  return z
    .record(environmentName, said)
    .optional()
    .describe("What is different in an environment, for this repository alone.");
}

const environmentImages = kustomizeShape.images.describe(
  "Images to replace in this environment; one takes the place of the repository's own of the same name.",
);

const environmentParameters = helmShape.parameters.describe(
  "Values of this environment; they outweigh the repository's own parameters.",
);

/** Without a URL, a repository is on the platform's GitLab, which then says where it is and who may read it. */
function placeFinding(value: {
  url?: string | undefined;
  mirrorOf?: object | undefined;
  credentials?: string | undefined;
  chart?: string | undefined;
}): Finding | undefined {
  const { url, credentials, chart } = value;
  if (url !== undefined && value.mirrorOf !== undefined) {
    return {
      message: "the repository has a URL, but a copy of an external repository is on the platform's GitLab",
      value: shownUrl(url),
      allowed: "url, or mirrorOf with the URL of the external repository",
      fix: "remove one of the two",
    };
  }
  if (url !== undefined) return undefined;
  if (chart !== undefined) {
    return { message: "a chart of a chart repository needs that repository's URL", value: chart, fix: "add url" };
  }
  if (credentials !== undefined) {
    return {
      message: "the repository has credentials, but no URL: it would be on the platform's GitLab, which makes its own",
      fix: "add url, or remove credentials; those of an external repository stand below mirrorOf",
    };
  }
  return undefined;
}

const optionalUrl = (schema: typeof gitUrl) =>
  schema.optional().describe(`${schema.description ?? ""} Default: it is made on the platform's GitLab.`);

function infraChartFinding({
  url,
  ...value
}: Parameters<typeof placeFinding>[0] & { revision?: string | undefined; path?: string | undefined }) {
  return url === undefined ? undefined : chartFinding({ ...value, url });
}

/** One infra repository of a project. */
export const repository = z.discriminatedUnion("kind", [
  strict({ ...shared, ...manifestsShape, url: optionalUrl(gitUrl), environments: environments({}) }).check(
    judge(placeFinding),
  ),
  strict({
    ...shared,
    ...kustomizeShape,
    url: optionalUrl(gitUrl),
    environments: environments({ images: environmentImages }),
  }).check(judge(placeFinding)),
  strict({
    ...shared,
    ...helmShape,
    url: optionalUrl(chartUrl),
    environments: environments({ parameters: environmentParameters, releaseName: helmShape.releaseName }),
  })
    .check(judge(placeFinding))
    .check(judge(infraChartFinding)),
]);
export type RepositoryInput = z.output<typeof repository>;
