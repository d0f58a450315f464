import { version } from "../../package.json";
import { projectJsonSchema, stackJsonSchema } from "./json-schemas";
import type { JsonSchema } from "./json-schemas";
import { PulumiTypes } from "./pulumi-types";
import type { PulumiNamedType, PulumiProperty } from "./pulumi-types";
import { CONFIG_NAMESPACE } from "./stack";

/** The component package by the name that programs of other languages know it by. */
export const COMPONENT_PACKAGE = { name: "gitops-factory", version };

/** A component by its type token: `gitops-factory:index:Project`. */
export function componentToken(name: ComponentName): string {
  return `${COMPONENT_PACKAGE.name}:index:${name}`;
}

export type ComponentName = "ArgoCd" | "ClusterDns" | "Project";

/** What belongs to several environments, to several clusters or to the GitLab side, which the whole program declares. */
const NOT_OF_ONE_PROJECT = ["environments", "cluster", "appRepositories", "gitlab"];
const NOT_OF_ONE_REPOSITORY = ["environments", "mirrorOf"];

interface ComponentSchema {
  readonly isComponent: true;
  readonly description: string;
  readonly inputProperties: Readonly<Record<string, PulumiProperty>>;
  readonly requiredInputs?: readonly string[];
  readonly properties: Readonly<Record<string, PulumiProperty>>;
  readonly required: readonly string[];
}

/** The schema of the component package, as `pulumi package get-schema` gives it. */
export interface PackageSchema {
  readonly name: string;
  readonly displayName: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly language: Readonly<Record<string, unknown>>;
  readonly types: Readonly<Record<string, PulumiNamedType>>;
  readonly resources: Readonly<Record<string, ComponentSchema>>;
}

/** Made of the schemas of the catalogue and of a stack's config, so that what these take the components take. */
export function componentPackageSchema(): PackageSchema {
  const types = new PulumiTypes(`${COMPONENT_PACKAGE.name}:index`);
  const resources = { ArgoCd: argoCd(types), ClusterDns: clusterDns(types), Project: project(types) };
  return {
    ...COMPONENT_PACKAGE,
    displayName: "GitOps factory",
    description: "Argo CD, isolated projects and the cluster's DNS, as components.",
    license: "Apache-2.0",
    language: { nodejs: { respectSchemaVersion: true }, python: { respectSchemaVersion: true } },
    types: sorted(types.named),
    resources: Object.fromEntries(
      Object.entries(resources).map(([name, resource]) => [componentToken(name as ComponentName), resource]),
    ),
  };
}

function project(types: PulumiTypes): ComponentSchema {
  const file = without(projectJsonSchema(), NOT_OF_ONE_PROJECT);
  const { repositories } = file["properties"] as { repositories: { items: { oneOf: JsonSchema[] } } };
  const oneOf = repositories.items.oneOf.map((kind) => requiring(without(kind, NOT_OF_ONE_REPOSITORY), "url"));
  const placed = {
    ...file,
    properties: { ...(file["properties"] as object), repositories: { ...repositories, items: { oneOf } } },
  };
  return {
    isComponent: true,
    description:
      "One project in one environment: a namespace behind its guards, an AppProject that confines it to that namespace " +
      "and its own repositories, the credentials to read these, and one Application for each of them. It takes what a " +
      "file of the catalogue says.",
    inputProperties: {
      ...types.properties(placed, "Project"),
      organisation: text("Who the project belongs to."),
      name: text("The project's name."),
      environment: text("The environment that the project is in here: 2 to 11 lower-case letters and digits."),
      argocdNamespace: text("The namespace of Argo CD. Default: argocd."),
      deletion: types.property(stackKey("deletion"), "Deletion"),
      ...secretsOf(types),
    },
    requiredInputs: [...(file["required"] as string[]), "environment"].sort(),
    properties: {
      namespace: output("The name of the namespace."),
      applications: {
        type: "array",
        items: { type: "string" },
        description: "The names of the Applications, in the order of the repositories.",
      },
    },
    required: ["namespace", "applications"],
  };
}

function argoCd(types: PulumiTypes): ComponentSchema {
  return {
    isComponent: true,
    description: "Argo CD, from its official manifests, as the settings want it. Its default project is closed.",
    inputProperties: {
      ...types.properties(stackKey("argocd"), "ArgoCd"),
      protect: {
        type: "boolean",
        plain: true,
        description: "Whether Pulumi refuses to delete what all Applications depend on. Default: false.",
      },
      ...secretsOf(types),
    },
    properties: {
      namespace: output("Where Argo CD's own objects lie."),
      version: output("The version that the manifests install."),
      url: output("The address for people and webhooks, where one is set."),
      adminPassword: { ...output("The password of the account admin, where that is not switched off."), secret: true },
      webhookSecret: { ...output("What GitLab has to send with each webhook."), secret: true },
    },
    required: ["namespace", "version", "webhookSecret"],
  };
}

function clusterDns(types: PulumiTypes): ComponentSchema {
  return {
    isComponent: true,
    description:
      "The cluster's DNS forwards private zones to the servers that know them. Every other byte of the Corefile stays, " +
      "and destroying the stack leaves the Corefile as it is.",
    inputProperties: types.properties(stackKey("dns"), "ClusterDns"),
    requiredInputs: ["forwards"],
    properties: {
      zones: { type: "array", items: { type: "string" }, description: "The zones that are forwarded, sorted." },
    },
    required: ["zones"],
  };
}

function secretsOf(types: PulumiTypes): Record<string, PulumiProperty> {
  return { secrets: types.property(stackKey("secrets"), "Secrets") };
}

/** A key of the stack's config. */
function stackKey(key: string): JsonSchema {
  const { properties } = stackJsonSchema() as { properties: { config: { properties: Record<string, JsonSchema> } } };
  const schema = properties.config.properties[`${CONFIG_NAMESPACE}:${key}`];
  if (schema === undefined) throw new Error(`the stack's config has no key ${key}`);
  return schema;
}

function without(schema: JsonSchema, keys: readonly string[]): JsonSchema {
  const { properties, required = [] } = schema as { properties: Record<string, JsonSchema>; required?: string[] };
  return {
    ...schema,
    properties: Object.fromEntries(Object.entries(properties).filter(([key]) => !keys.includes(key))),
    required: required.filter((key) => !keys.includes(key)),
  };
}

function requiring(schema: JsonSchema, key: string): JsonSchema {
  return { ...schema, required: [...new Set([...(schema["required"] as string[]), key])] };
}

function text(description: string): PulumiProperty {
  return { type: "string", plain: true, description };
}

function output(description: string): PulumiProperty {
  return { type: "string", description };
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}
