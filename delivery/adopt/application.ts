import { fieldsAt, isFields, listAt, textAt, textsAt } from "./found-object";
import type { Fields, FoundObject } from "./found-object";
import type { Notes } from "./note";
import { adoptSource } from "./source";
import type { AdoptedSource } from "./source";

/** An infra repository in the catalogue's words, in one environment. */
export interface AdoptedRepository extends AdoptedSource {
  readonly name: string;
}

export interface ApplicationContext {
  /** The repository's name in the catalogue. */
  readonly repository: string;
  /** What holds where nobody says whether Argo CD synchronises by itself. */
  readonly autosync: boolean;
  readonly rewrite: (url: string) => string;
  readonly notes: Notes;
}

/** What the factory's label says, which knows it before Argo CD has looked. */
const LABELLED: Readonly<Record<string, string>> = { manifests: "Directory", kustomize: "Kustomize", helm: "Helm" };

const KNOWN_SPEC = ["project", "source", "sources", "destination", "syncPolicy", "ignoreDifferences"];

/** The spec of an Application as an entry of `repositories`; what cannot be said is in the notes. */
export function adoptApplication(application: FoundObject, context: ApplicationContext): AdoptedRepository {
  const { notes, repository } = context;
  const spec = application.spec ?? {};
  const several = listAt(spec, "sources").filter(isFields);
  const all = several.length > 0 ? several : [fieldsAt(spec, "source")];
  const sourceType =
    LABELLED[application.metadata.labels?.["dso/type"] ?? ""] ??
    textAt(application.status, "sourceType") ??
    textsAt(application.status, "sourceTypes")[0];
  const [first, ...others] = all.map((source, index) =>
    adoptSource(source, {
      path: several.length > 0 ? `sources[${String(index)}]` : "source",
      sourceType,
      application: application.metadata.name,
      repository,
      rewrite: context.rewrite,
      notes,
    }),
  );
  if (first === undefined) throw new Error("an Application without a source was adopted");
  if (first.kind === "reference") {
    notes.refused(
      "spec.sources[0]",
      first.url,
      "the first source only lends files",
      "put it behind the one that deploys",
    );
  }
  for (const [key, value] of Object.entries(spec)) {
    if (KNOWN_SPEC.includes(key)) continue;
    if (key === "sourceHydrator") {
      notes.refused(`spec.${key}`, undefined, "the catalogue has no hydrated sources", "it stays as it is");
    } else {
      notes.changed(`spec.${key}`, value, "the catalogue cannot say it", "the first update removes it");
    }
  }
  return {
    name: repository,
    ...first,
    ...adoptSync(fieldsAt(spec, "syncPolicy"), context),
    ...adoptIgnored(spec, notes),
    ...(others.length > 0 && { sources: others }),
  };
}

/** What the factory writes for every Application that retries: `components/project/application.ts`. */
const BACKOFF = JSON.stringify(["5s", 2, "3m"]);

/** What the catalogue's schema allows. */
const MOST_RETRIES = 100;

function adoptSync(policy: Fields, { autosync, notes }: ApplicationContext) {
  const automated = policy["automated"];
  const settings = isFields(automated) && automated["enabled"] !== false ? automated : undefined;
  const retry = policy["retry"];
  const limit = isFields(retry) ? Number(retry["limit"] ?? 0) : undefined;
  if (isFields(retry) && isFields(retry["backoff"])) {
    const { duration, factor, maxDuration } = retry["backoff"];
    if (JSON.stringify([duration, factor, maxDuration]) !== BACKOFF) {
      notes.changed(
        "spec.syncPolicy.retry.backoff",
        retry["backoff"],
        "the platform has one for all",
        "it becomes 5s, growing by 2 up to 3m",
      );
    }
  }
  if (settings?.["allowEmpty"] === true) {
    const effect = "the first update sets false: a folder that comes out empty by mistake deletes nothing";
    notes.changed("spec.syncPolicy.automated.allowEmpty", true, "the catalogue does not allow it", effect);
  }
  for (const key of ["managedNamespaceMetadata"]) {
    if (policy[key] === undefined) continue;
    notes.changed(
      `spec.syncPolicy.${key}`,
      policy[key],
      "the namespace is the platform's to label",
      "the first update removes it from here; the labels stay",
    );
  }
  // Automation that says nothing of retries is retried five times, by Argo CD's own default.
  const retryLimit = limit ?? (settings === undefined ? 0 : 5);
  if (retryLimit < 0 || retryLimit > MOST_RETRIES) {
    const effect = `the first update sets ${String(MOST_RETRIES)}`;
    notes.changed("spec.syncPolicy.retry.limit", retryLimit, "the catalogue's retries come to an end", effect);
  }
  const options = textsAt(policy, "syncOptions");
  const simple = options.filter((option) => /^[A-Z][A-Za-z]+=[A-Za-z]+$/.test(option));
  for (const option of options.filter((one) => !simple.includes(one))) {
    notes.changed(
      "spec.syncPolicy.syncOptions",
      option,
      "it is not an option that Argo CD knows",
      "the first update removes it",
    );
  }
  return {
    ...((settings !== undefined) !== autosync && { autosync: settings !== undefined }),
    ...(settings !== undefined && settings["prune"] !== true && { prune: false }),
    ...(settings !== undefined && settings["selfHeal"] !== true && { selfHeal: false }),
    ...(retryLimit !== 5 && { retryLimit: retryLimit < 0 ? MOST_RETRIES : Math.min(MOST_RETRIES, retryLimit) }),
    ...(simple.length > 0 && { syncOptions: [...new Set(simple)] }),
  };
}

function adoptIgnored(spec: Fields, notes: Notes) {
  const rules = listAt(spec, "ignoreDifferences").filter(isFields);
  const adopted = rules.map((rule, index) => {
    for (const key of ["jqPathExpressions", "managedFieldsManagers", "namespace"]) {
      if (rule[key] === undefined) continue;
      const reason = "the catalogue ignores fields by JSON pointers alone, and Argo CD would repair what was ignored";
      notes.refused(
        `spec.ignoreDifferences[${String(index)}].${key}`,
        rule[key],
        reason,
        "write jsonPointers instead, then adopt again",
      );
    }
    const { group, kind, name } = rule;
    return {
      ...(typeof group === "string" && group !== "" && { group }),
      kind,
      ...(typeof name === "string" && { name }),
      jsonPointers: textsAt(rule, "jsonPointers"),
    };
  });
  return adopted.length > 0 ? { ignoreDifferences: adopted } : {};
}
