import { groupsOf, isBuiltinGroup, kindMeant } from "../builtin-kinds";
import { APP_PROJECTS } from "../kinds";
import { listAt, textAt } from "../read";
import { resourceRule } from "../rule";

const LISTS = [
  "namespaceResourceBlacklist",
  "namespaceResourceWhitelist",
  "clusterResourceBlacklist",
  "clusterResourceWhitelist",
];

export const appProjectKindsMatch = resourceRule({
  name: "appproject-kinds-match",
  level: "mandatory",
  description: "Each entry of an AppProject's lists of kinds matches a kind that there can be.",
  reason:
    "Argo CD compares group and kind letter by letter and accepts every entry: one that denies `v1` or `secrets` " +
    "denies nothing.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#projects",
  types: APP_PROJECTS,
  check: ({ inputs }) =>
    LISTS.flatMap((list) =>
      listAt(inputs, "spec", list).flatMap((entry, index) => {
        const place = `spec.${list}[${String(index)}]`;
        const kind = textAt(entry, "kind") ?? "";
        return judgeKind(kind, place) ?? judgeGroup(textAt(entry, "group") ?? "", kind, place) ?? [];
      }),
    ),
});

/** A kind, or a pattern of kinds: Go's `path.Match`, which knows no `{a,b}`. */
const KIND = /^[A-Z*?[][A-Za-z0-9*?[\]^-]*$/;

/** What may be a group that Kubernetes does not bring: a domain, or a pattern; `extensions` was one of its own. */
const GROUP = /^(?=.*[.*?[])[a-z0-9*?[\]^.-]+$|^extensions$/;

function judgeKind(kind: string, place: string) {
  const path = `${place}.kind`;
  if (kind === "") return [{ path, fact: "the entry names no kind", fix: "name one, such as ConfigMap, or *" }];
  const meant = kindMeant(kind);
  const isWrong = groupsOf(kind).length === 0 && (meant !== undefined || !KIND.test(kind));
  if (!isWrong) return undefined;
  return [
    {
      path,
      fact: "the entry matches nothing: there is no such kind",
      value: kind,
      fix: meant === undefined ? "write the kind as in a manifest: ConfigMap" : `write ${meant}`,
    },
  ];
}

function judgeGroup(group: string, kind: string, place: string) {
  const path = `${place}.group`;
  const fact = "the entry matches nothing: there is no such kind in this API group";
  const shown = group === "" ? '""' : group;
  if (/(^|\/)v\d+((alpha|beta)\d+)?$/.test(group)) {
    const meant = group.replace(/\/?v\d+((alpha|beta)\d+)?$/, "");
    return [{ path, fact: "the entry matches nothing: a version is no group", value: shown, fix: groupFix(meant) }];
  }
  const known = groupsOf(kind);
  const isRight = isBuiltinGroup(group) ? known.length === 0 || known.includes(group) : GROUP.test(group);
  return isRight ? undefined : [{ path, fact, value: shown, fix: groupFix(known[0]) }];
}

function groupFix(group: string | undefined): string {
  if (group === undefined) return 'write the group as in its apiVersion, and "" for the core group';
  return group === "" ? 'write group: "", which is the core group' : `write group: ${group}`;
}
