import { expect, it } from "vitest";
import { appProjectSpec } from "../../../../components/project/app-project";
import { applicationSpec } from "../../../../components/project/application";
import { networkPolicies } from "../../../../components/project/network-policies";
import { project, repository } from "./projects";

const KEPT = project({ namespace: "web", appProject: "team", groups: { read: ["readers"], write: [] } });

it("An Application is in the AppProject that is kept, and deploys into the namespace that is kept", () => {
  expect(applicationSpec(KEPT, repository())).toMatchObject({ project: "team", destination: { namespace: "web" } });
});

it("The roles of an AppProject that is kept are within it, as Argo CD demands", () => {
  const { roles, destinations } = appProjectSpec(KEPT) as { roles: { policies: string[] }[]; destinations: object[] };
  expect(roles[0]?.policies[0]).toBe("p, proj:team:ro-group, applications, get, team/*, allow");
  expect(destinations).toEqual([{ server: "https://kubernetes.default.svc", namespace: "web" }]);
});

it("A network that is to stay open gets no policy at all, not even the one that closes it", () => {
  const openings = { ingressFromNamespaces: ["ingress-nginx"], egressToCidrs: [] };
  expect(networkPolicies({ ...openings, open: true })).toEqual([]);
  expect(networkPolicies(openings).map(({ name }) => name)).toContain("default-deny");
});
