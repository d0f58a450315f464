import { z } from "zod";
import { APP_PROJECTS } from "../kinds";
import { listAt, nameOf, textAt } from "../read";
import { resourceRule } from "../rule";
import type { Subject } from "../rule";
import { SECRETS, secretTypeOf, secretValues } from "../secret-values";
import { hasWildcard, isNegated } from "../wildcards";

/** The keys of a destination, with what a pattern there stands for. */
const KEYS = { server: "cluster", name: "cluster", namespace: "namespace" } as const;

export const appProjectDestinations = resourceRule({
  name: "appproject-destinations",
  level: "mandatory",
  description: "An AppProject names its clusters and namespaces: no pattern stands for several.",
  reason: "A pattern also covers what comes later: the namespace of a tenant that does not exist yet.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#managing-projects",
  settings: z.strictObject({
    allowed: z
      .array(z.string())
      .default([])
      .describe("Patterns of clusters and namespaces that are meant, letter by letter."),
    except: z.array(z.string()).default([]).describe("AppProjects of the platform team, which may."),
  }),
  types: [...APP_PROJECTS, ...SECRETS],
  check: (subject, { settings: { allowed, except } }) => {
    const { project, patterns } = APP_PROJECTS.includes(subject.type) ? ofProject(subject) : ofCluster(subject);
    if (except.includes(project)) return [];
    return patterns
      .filter(({ value }) => !allowed.includes(value) && (hasWildcard(value) || isNegated(value)))
      .map(({ path, noun, value }) => ({
        path,
        fact: `the AppProject may deploy to ${value === "*" ? `every ${noun}` : `every ${noun} that fits`}`,
        value,
        fix: `name the ${noun}`,
      }));
  },
});

/** What an AppProject may deploy to, entry by entry. */
interface Destinations {
  readonly project: string;
  readonly patterns: readonly { readonly path: string; readonly noun: string; readonly value: string }[];
}

function ofProject({ inputs }: Subject): Destinations {
  const patterns = listAt(inputs, "spec", "destinations").flatMap((destination, index) =>
    Object.entries(KEYS).map(([key, noun]) => ({
      path: `spec.destinations[${String(index)}].${key}`,
      noun,
      value: textAt(destination, key) ?? "",
    })),
  );
  return { project: nameOf(inputs) ?? "", patterns };
}

/**
 * A cluster's Secret that names an AppProject adds the cluster to its destinations, with the Secret's namespaces, or with
 * all: https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#project-scoped-repositories-and-clusters
 */
function ofCluster(subject: Subject): Destinations {
  const values = secretTypeOf(subject) === "cluster" ? secretValues(subject) : [];
  const project = values.find(({ key }) => key === "project")?.text ?? "";
  if (project === "") return { project, patterns: [] };
  const namespaces = values.find(({ key }) => key === "namespaces");
  const names = (namespaces?.text ?? "").split(",").map((name) => name.trim());
  const path = namespaces?.path ?? "stringData.namespaces";
  return { project, patterns: names.map((name) => ({ path, noun: "namespace", value: name === "" ? "*" : name })) };
}
