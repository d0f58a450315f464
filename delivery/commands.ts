/**
 * The subcommands of `factory`, by what one wants to do, with what they do in a line. `name` is made by the function
 * `nameCommand` of the file `name.ts` beside this one, which is loaded only when it is called: so that help, completion
 * and the quick commands do not wait for what the others need.
 */
export const commandGroups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "Try it:": {
    start: "brings the lab up and runs `pulumi up` of the stack dev on it",
    demo: "brings the lab up with Argo CD, DNS, Git and log-in, and has Argo CD deploy the stack dev",
    lab: "runs a Kubernetes control plane of real parts on this machine",
  },
  "Check what is written:": {
    validate: "checks the catalogue and the config of the stacks, from files alone",
    corefile: "prints what the DNS component would make of a Corefile, or says why it refuses",
    policies: "lists the rules of the policy pack, or explains one of them",
    schema: "prints the schemas of the files that people write",
    graph: "draws organisations, projects, Applications and namespaces",
    doctor: "looks at a stack's cluster: what is found there, and what to set",
  },
  "Change a stack:": {
    adopt: "turns Applications that exist into catalogue files, so that nothing restarts",
    plan: "previews a stack and keeps the plan that `factory apply` does",
    review: "tells what a change does to each stack, as a note in the merge request",
    apply: "does what was planned and reviewed, or says what has moved since",
  },
  "Deliver, and see what runs:": {
    bump: "sets an image's tag in kustomizations, values and manifests",
    redeploy: "delivers a commit: mirror, build, bump, mirror, Argo CD",
    diff: "shows how two environments differ, from files alone",
    promote: "moves what one environment runs to the next, in the catalogue",
    status: "shows what is deployed where: image, revision, sync, health",
    report: "writes one HTML page of the whole factory: projects, Applications, state",
  },
  "About this command:": {
    completion: "prints what makes a shell complete commands, options and names by TAB",
  },
};
