import { listAt, textAt } from "../../../policies/read";
import type { Inputs } from "../../preview/preview";
import { detail, fact, type Fact } from "../facts";
import { say, type Phrase } from "../phrase";
import { recordAt, scalarAt, textsAt } from "./values";

/** Who may do what in a project, and what the project may do. https://argo-cd.readthedocs.io/en/stable/user-guide/projects/ */
export function appProjectFacts(inputs: Inputs): Fact[] {
  const spec = recordAt(inputs, "spec");
  return [
    ...listAt(spec, "roles").flatMap((role) => roleFacts(textAt(role, "name") ?? "", role)),
    ...fact(say`sync window`, listAt(spec, "syncWindows").map(windowText)),
    ...detail(say`allowed repository`, textsAt(spec, "sourceRepos")),
    ...detail(say`allowed destination`, listAt(spec, "destinations").map(destinationText)),
    ...detail(say`namespace with Applications of its own`, textsAt(spec, "sourceNamespaces")),
    ...detail(say`allowed cluster-wide kind`, listAt(spec, "clusterResourceWhitelist").map(kindText)),
    ...detail(say`allowed kind`, listAt(spec, "namespaceResourceWhitelist").map(kindText)),
    ...detail(say`denied kind`, listAt(spec, "namespaceResourceBlacklist").map(kindText)),
    ...detail(say`denied cluster-wide kind`, listAt(spec, "clusterResourceBlacklist").map(kindText)),
    ...detail(say`description`, textAt(spec, "description")),
  ];
}

/** The catalogue's `groups.read` and `groups.write` are these two roles. */
const ACCESS: Readonly<Record<string, Phrase>> = {
  "ro-group": say`read access for group`,
  "rw-group": say`write access for group`,
};

function roleFacts(name: string, role: unknown): Fact[] {
  return [
    ...fact(ACCESS[name] ?? say`role ${name} for group`, textsAt(role, "groups")),
    ...detail(say`right of role ${name}`, textsAt(role, "policies")),
    ...detail(
      say`token of role ${name}`,
      listAt(role, "jwtTokens").map((token) => scalarAt(token, "id") ?? scalarAt(token, "iat") ?? ""),
    ),
  ];
}

function windowText(window: unknown): string {
  const zone = textAt(window, "timeZone");
  const applications = textsAt(window, "applications").join(", ");
  return [
    `${textAt(window, "kind") ?? ""} ${textAt(window, "schedule") ?? ""} for ${textAt(window, "duration") ?? ""}`,
    zone === undefined ? "" : `, ${zone}`,
    applications === "" || applications === "*" ? "" : `, ${applications}`,
  ].join("");
}

/** `namespace on server`. */
export function destinationText(destination: unknown): string {
  const server = textAt(destination, "server") ?? textAt(destination, "name") ?? "*";
  return `${textAt(destination, "namespace") ?? ""} on ${server}`;
}

/** `Deployment.apps`; the core group has no name. */
export function kindText(entry: unknown): string {
  const group = textAt(entry, "group") ?? "";
  return `${textAt(entry, "kind") ?? ""}${group === "" ? "" : `.${group}`}`;
}
