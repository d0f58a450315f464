import { afterAll, beforeAll, expect, it } from "vitest";
import { PipelinesLab } from "./pipelines-lab";

let lab: PipelinesLab;
beforeAll(async () => {
  lab = await PipelinesLab.start();
});
afterAll(() => lab.dispose());

/** Tells what it sees, and what a mask would hide with a stroke in it. */
const ciFile = `
variables: { LEVEL: file, OWN: file }
tell:
  environment: { name: $PROJECT_NAME, action: access }
  variables: { OWN: job }
  script:
    - echo "level=$LEVEL own=$OWN scoped=$SCOPED protected=\${KEPT:-none}"
    - echo "password=$PASSWORD, with a stroke \${PASSWORD:0:4}-\${PASSWORD:4}"
    - echo "authority=$(cat "$CA")"
    - echo "raw=$RAW"
    - echo "token=$CI_JOB_TOKEN"
    - git config --list | grep -c glcbt- || true
`;

it("a job sees the variables of groups, project and pipeline, by scope, protection and type", async () => {
  const company = await lab.must("POST", "/groups", { name: "company", path: "company" });
  const team = await lab.must("POST", "/groups", { name: "team", path: "team", parent_id: company.id });
  const project = await lab.project("told", { ".gitlab-ci.yml": ciFile }, { namespace_id: team.id });
  const set = (place: string, key: string, value: string, more: object = {}): Promise<unknown> => {
    return lab.must("POST", `${place}/variables`, { key, value, ...more });
  };
  const own = `/projects/${String(project)}`;
  await set(`/groups/${String(company.id)}`, "LEVEL", "company");
  await set(`/groups/${String(team.id)}`, "LEVEL", "team");
  await set(own, "SCOPED", "for all");
  await set(own, "SCOPED", "for the shop", { environment_scope: "shop" });
  await set(own, "SCOPED", "for others", { environment_scope: "other*" });
  await set(own, "PASSWORD", "open-sesame-1", { masked: true });
  await set(own, "KEPT", "kept", { protected: true });
  await set(own, "CA", "PEM\nof two lines", { variable_type: "file" });
  await set(own, "RAW", "a$LEVEL", { raw: true });

  const { id, status } = await lab.run(project, { PROJECT_NAME: "shop" });
  const trace = await lab.trace(project, id, "tell");
  expect([status, trace]).toEqual(["success", expect.any(String)]);
  // A job's own variables stand below those of groups and projects.
  expect(trace).toContain("level=team own=job scoped=for the shop protected=kept\n");
  expect(trace).toContain("password=[MASKED], with a stroke open--sesame-1\n");
  expect(trace).not.toContain("open-sesame-1");
  expect(trace).toContain("authority=PEM\nof two lines\n");
  expect(trace).toContain("raw=a$LEVEL\n");
  expect(trace).toContain("token=[MASKED]\n");
  expect(trace).toMatch(/^0$/m);

  const other = await lab.run(project, { PROJECT_NAME: "other-one", LEVEL: "pipeline" });
  expect(await lab.trace(project, other.id, "tell")).toContain(
    "level=pipeline own=job scoped=for others protected=kept\n",
  );

  // A branch that nobody protects sees no protected variable.
  await lab.must("POST", `${own}/repository/branches`, { branch: "idea", ref: "main" });
  const idea = await lab.must("POST", `${own}/pipeline`, { ref: "idea" });
  await lab.pipeline(project, idea.id);
  expect(await lab.trace(project, idea.id, "tell")).toContain("level=team own=job scoped=for all protected=none\n");
});

it("a job's token tells which job it is and reads its artifacts, as long as the job runs", async () => {
  const project = await lab.project("token", {
    ".gitlab-ci.yml": `
ask:
  script:
    - 'curl --silent --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/job" > job.json'
    - 'grep -o "\\"name\\":\\"ask\\"" job.json'
    - 'curl --silent --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/user"'
    - git ls-remote "$CI_REPOSITORY_URL" refs/heads/main
    - echo "$CI_JOB_TOKEN" > token.txt
  artifacts: { paths: [token.txt] }
`,
  });
  const { id, status } = await lab.run(project);
  const trace = await lab.trace(project, id, "ask");
  expect([status, trace]).toEqual(["success", expect.stringContaining('"name":"ask"')]);
  expect(trace).toContain("401 Unauthorized");
  expect(trace).toMatch(/[0-9a-f]{40}\trefs\/heads\/main/);
  const { ask } = await lab.jobs(project, id);
  const file = `/projects/${String(project)}/jobs/${String(ask?.id)}/artifacts/token.txt`;
  const token = (await lab.ask("GET", file)).bytes.toString().trim();
  expect(token).toMatch(/^glcbt-/);
  expect((await lab.ask("GET", "/job", undefined, { "job-token": token })).status).toBe(401);
});
