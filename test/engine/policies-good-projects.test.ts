import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Project } from "../../components/project/project";
import { Report } from "../../model/report";
import { findings } from "../../policies/find";
import { rules } from "../../policies/index";
import { messageOf } from "../../policies/rule";
import type { Subject } from "../../policies/rule";
import { readSettings } from "../../policies/settings";
import { declared } from "../unit/components/declared";
import { goodProjects } from "../unit/policies/support/good-projects";
import { subject } from "../unit/policies/support/subjects";

const projects = goodProjects(1000, 6);

/** What the projects of an environment are declared as, without what is not a resource of its own. */
async function declaredIn(environment: string): Promise<readonly Subject[]> {
  const deletion = { protect: environment === "prod", workloads: "foreground" } as const;
  const resources = await declared(() => {
    for (const project of projects.filter((one) => one.environment === environment)) {
      new Project(project.namespace, { project, argocdNamespace: "argocd", deletion });
    }
  }, environment);
  return resources
    .filter(({ type }) => !type.startsWith("factory:"))
    .map(({ type, name, revealed, protect, secretOutputs }) =>
      subject(type, revealed, { name, isProtected: protect, secretOutputs }),
    );
}

/** All that the pack has to say, advice included. */
function said(subjects: readonly Subject[], environment: string): string[] {
  const settings = readSettings(undefined, rules, { environment }, new Report("Pulumi.yaml"));
  return rules.flatMap((rule) => {
    const setting = settings.get(rule.name);
    if (setting === undefined) throw new Error(`no settings for ${rule.name}`);
    return findings(rule, subjects, setting.context).map(
      (finding) => `${rule.name}: ${finding.urn} ${messageOf(finding)}`,
    );
  });
}

describe("1,000 projects as a careful catalogue has them", () => {
  // The SDK keeps a stack trace of every promise, which takes half of the time.
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  it.each(["dev", "staging", "prod"])("have no finding in %s, not even advice", async (environment) => {
    const subjects = await declaredIn(environment);
    expect(subjects.length).toBeGreaterThan(2000);
    expect(said(subjects, environment)).toEqual([]);
  });

  it("are of every kind that there is", () => {
    const repositories = projects.flatMap((project) => project.repositories);
    const kinds = new Set(repositories.map(({ sources }) => sources[0].kind));
    const credentials = new Set(repositories.map((repository) => repository.credentials?.kind));
    expect([...kinds].sort()).toEqual(["helm", "kustomize", "manifests"]);
    expect([...credentials].sort()).toEqual(["https", "ssh", undefined]);
    expect(new Set(projects.map(({ podSecurity }) => podSecurity))).toEqual(new Set(["baseline", "restricted"]));
    for (const has of [
      projects.some(({ syncWindows }) => syncWindows.length > 0),
      projects.some(({ ownApplications }) => ownApplications),
      projects.some(({ groups }) => groups.write.length > 0),
    ]) {
      expect(has).toBe(true);
    }
  });
});
