import { parseAllDocuments } from "yaml";

/** What is wrong with a CI file as YAML, in GitLab's words; absent when it can be read. */
export function yamlFault(text: string): string | undefined {
  const documents = parseAllDocuments(text, { logLevel: "error" });
  if (!Array.isArray(documents)) return "Please provide content of .gitlab-ci.yml";
  for (const { errors } of documents) {
    const [error] = errors;
    if (error !== undefined) {
      const { line, col } = error.linePos?.[0] ?? { line: 1, col: 1 };
      const reason = (error.message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
      return `(<unknown>): ${reason} at line ${String(line)} column ${String(col)}`;
    }
  }
  const value: unknown = documents.at(-1)?.toJS();
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? undefined
    : "Invalid configuration format";
}

const noise = /^(Using fallback|Unable to retrieve|parsing and downloads|json schema validated|\(node:|\(Use `node)/;

/** What gitlab-ci-local has against a CI file, as sentences like those of GitLab. */
export function toolFaults(stderr: string): string[] {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim().replace(/^Unable to retrieve .*?<default_branch>`/, ""))
    .filter((line) => line !== "" && !noise.test(line));
  const [end] = [lines.findIndex((line) => line.startsWith("For further troubleshooting"))];
  const said = end === -1 ? lines : lines.slice(0, end);
  const points = said.filter((line) => line.startsWith("•")).map(schemaFault);
  if (points.length > 0) return points;
  return said
    .filter((line) => !/^at /.test(line))
    .slice(0, 1)
    .map(knownFault);
}

/** `• must be string at build.image [#/…]` */
function schemaFault(line: string): string {
  const [, message = line, place] =
    /^•\s*(.*) at (\S+) \[.*\]$/.exec(line) ?? /^•\s*(.*?)(?: \[.*\])?$/.exec(line) ?? [];
  return place === undefined ? message : `jobs:${place.replaceAll(".", ":")} config ${message}`;
}

function knownFault(line: string): string {
  const [, scriptless] = /^(.*) must have script specified$/.exec(line) ?? /^(.*) has empty script$/.exec(line) ?? [];
  if (scriptless !== undefined) {
    return `jobs:${scriptless} config should implement the script:, run:, or trigger: keyword`;
  }
  const [, stage, job] = /^stage:(\S+) not found for (.*)$/.exec(line) ?? [];
  if (stage !== undefined) return `${job ?? ""} job: chosen stage ${stage} does not exist`;
  const [, need, dependent] = /^needs: \[(.*)\] for (.*) could not be found$/.exec(line) ?? [];
  if (need !== undefined)
    return `'${dependent ?? ""}' job needs '${need}' job, but '${need}' does not exist in the pipeline`;
  return line.replace(/^(AssertionError.*?|Error): /, "");
}
