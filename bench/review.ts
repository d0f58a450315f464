import { performance } from "node:perf_hooks";
import { readPreview } from "../delivery/preview/read-preview";
import { buildReview } from "../delivery/review/build";
import { renderMarkdown } from "../delivery/review/markdown/render";

/**
 * `npx tsx bench/review.ts`: a review of 1,000 projects that change, of which every tenth is new and every fiftieth
 * goes, from a stream of events to Markdown. Prints each of five rounds.
 */
const COUNT = Number(process.argv[2] ?? 1000);
const NOTE = 100_000;

const text = preview();
process.stdout.write(
  `${String(COUNT)} projects, ${(text.length / 1e6).toFixed(1)} MB of events; ms of processor time\n`,
);
process.stdout.write("read  build  note  file  total  (total by the clock)\n");
for (let round = 0; round < 5; round += 1) {
  const start = performance.now();
  const times = [cpu()];
  const lap = (): void => void times.push(cpu());
  const read = readPreview("preview.json", text);
  lap();
  const review = buildReview([read]);
  lap();
  renderMarkdown(review, { limit: NOTE });
  lap();
  renderMarkdown(review);
  lap();
  const spans = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const total = spans.reduce((sum, span) => sum + span, 0);
  const columns = [...spans, total].map((span) => span.toFixed(0).padEnd(5));
  process.stdout.write(`${columns.join(" ")}  (${(performance.now() - start).toFixed(0)})\n`);
}

/** Milliseconds that this process has computed: on a machine with other work, the clock tells of that too. */
function cpu(): number {
  return process.cpuUsage().user / 1000;
}

function preview(): string {
  const steps = Array.from({ length: COUNT }, (_, index) => stepsOf(index)).flat();
  const events = [
    { preludeEvent: { config: {} } },
    ...steps.map((metadata) => ({ resourcePreEvent: { metadata } })),
    { summaryEvent: { resourceChanges: { same: 1 } } },
  ];
  return events.map((event, sequence) => `${JSON.stringify({ sequence, timestamp: 1, ...event })}\n`).join("");
}

function stepsOf(index: number): object[] {
  const name = `team-p${String(index)}-prod-6293`;
  const op = index % 50 === 1 ? "delete" : index % 10 === 0 ? "create" : "update";
  const step = (type: string, suffix: string, inputs: (version: number) => object) => ({
    op,
    urn: `urn:pulumi:prod::gitops-factory::factory:project:Project${type === "" ? "" : `$${type}`}::${name}${suffix}`,
    old: op === "create" ? null : { custom: type !== "", inputs: inputs(1), outputs: inputs(1) },
    new: op === "delete" ? null : { custom: type !== "", inputs: inputs(2), outputs: inputs(2) },
    detailedDiff: null,
  });
  const labels = { "dso/organization": "team", "dso/project": `p${String(index)}`, "dso/repository": "deploy" };
  const metadata = { name, namespace: "argocd", labels };
  const url = `https://git.example/team/p${String(index)}.git`;
  return [
    step("", "", () => ({
      project: { organisation: "team", name: `p${String(index)}`, file: `catalog/${name}.yaml` },
    })),
    step("kubernetes:core/v1:Namespace", "-namespace", () => ({ metadata })),
    step("kubernetes:core/v1:ResourceQuota", "-quota", (version) => ({
      metadata,
      spec: { hard: { "requests.cpu": String(version), "limits.cpu": String(version), pods: "50" } },
    })),
    step("kubernetes:argoproj.io/v1alpha1:AppProject", "-app-project", (version) => ({
      metadata,
      spec: { sourceRepos: [url], roles: [{ name: "rw-group", policies: [], groups: ["a", `b${String(version)}`] }] },
    })),
    step("kubernetes:argoproj.io/v1alpha1:Application", "-application", (version) => ({
      metadata,
      spec: { project: name, source: { repoURL: url, targetRevision: `v${String(version)}.0.0`, path: "." } },
    })),
  ];
}
