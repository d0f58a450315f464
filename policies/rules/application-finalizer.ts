import { z } from "zod";
import { applicationOf, APPLICATIONS } from "../application-specs";
import { at, listAt, nameOf } from "../read";
import { resourceRule } from "../rule";

const FINALIZER = "resources-finalizer.argocd.argoproj.io";

/** As it is, and with how Kubernetes is to delete. */
const FINALIZERS = [FINALIZER, `${FINALIZER}/foreground`, `${FINALIZER}/background`];

export const applicationFinalizer = resourceRule({
  name: "application-finalizer",
  level: "mandatory",
  description: "An Application says by its finalizer what becomes of its workloads, unless deletion.workloads does.",
  reason: "Without it, whatever the Application has deployed goes on running when it is deleted, and nobody owns it.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/#about-the-deletion-finalizer",
  settings: z.strictObject({
    except: z.array(z.string()).default([]).describe("Applications whose workloads are to stay."),
  }),
  types: APPLICATIONS,
  check: (subject, { leavesWorkloads, settings: { except } }) => {
    const { path, body } = applicationOf(subject);
    const isStated = listAt(body, "metadata", "finalizers").some((name) => FINALIZERS.includes(String(name)));
    // By this, an ApplicationSet says that workloads stay.
    const isKept = at(subject.inputs, "spec", "syncPolicy", "preserveResourcesOnDeletion") === true;
    if (isStated || isKept || leavesWorkloads === true || except.includes(nameOf(subject.inputs) ?? "")) return [];
    return [
      {
        path: `${path}metadata.finalizers`,
        fact: "the Application's workloads outlive it",
        fix: `add the finalizer ${FINALIZER}, or set gitops-factory:deletion.workloads to orphan or retain`,
      },
    ];
  },
});
