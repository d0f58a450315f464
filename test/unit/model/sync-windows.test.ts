import { describe, expect, it } from "vitest";
import { load, problemOf, shop, stack } from "./workspace";
import type { Files } from "./workspace";

const NIGHT = "kind: allow, schedule: 0 22 * * *, duration: 8h";

function windows(files: Files) {
  return load(files).platform.projects[0]?.syncWindows;
}

function problem(window: string) {
  return problemOf(shop(`syncWindows: [{ ${window} }]`));
}

describe("sync windows", () => {
  it("are those of the platform, the project and the environment, each once", () => {
    const files = {
      ...stack(`projects:\n  syncWindows: [{ ${NIGHT.replace("allow", "deny")} }, { ${NIGHT} }]`),
      ...shop(`syncWindows: [{ ${NIGHT}, applications: [deploy] }]`),
    };
    const text = (files["catalog/acme/shop.yaml"] ?? "").replace(
      "environments: [dev, staging]",
      `environments: { dev: { syncWindows: [{ ${NIGHT}, manualSync: true, timeZone: Europe/Paris }, { ${NIGHT} }] } }`,
    );
    const night = { schedule: "0 22 * * *", duration: "8h", manualSync: false };
    expect(windows({ ...files, "catalog/acme/shop.yaml": text })).toEqual([
      { ...night, kind: "deny", applications: ["*"] },
      { ...night, kind: "allow", applications: ["*"] },
      { ...night, kind: "allow", applications: ["acme-shop-dev-deploy-6293"] },
      { ...night, kind: "allow", manualSync: true, timeZone: "Europe/Paris", applications: ["*"] },
    ]);
  });

  it("are none unless somebody sets one", () => {
    expect(windows({})).toEqual([]);
  });

  it.each([
    [NIGHT.replace("0 22 * * *", "'@daily'"), "schedule", "the schedule is not one that Argo CD understands"],
    [NIGHT.replace("8h", "8d"), "duration", "the value is not a duration"],
    [NIGHT.replace("8h", "0h"), "duration", "the value is not a duration"],
    [`${NIGHT}, timeZone: Paris`, "timeZone", "the value is not a time zone"],
    [`${NIGHT}, timeZone: "+01:00"`, "timeZone", "the value is not a time zone"],
    [NIGHT.replace("allow", "never"), "kind", ""],
  ])("are refused: %s", (window, key, message) => {
    const found = problem(window);
    expect(found.path).toBe(`syncWindows[0].${key}`);
    expect(found.message).toContain(message);
  });

  it("are refused for a time zone that Argo CD would not find, with its spelling", () => {
    expect(problem(`${NIGHT}, timeZone: europe/paris`).fix).toBe("write Europe/Paris");
  });

  it("are refused for a repository that the project has not", () => {
    expect(problem(`${NIGHT}, applications: [deplay]`)).toMatchObject({
      path: "syncWindows[0].applications[0]",
      value: "deplay",
      fix: 'did you mean "deploy"?',
    });
  });

  it("are refused twice in one list", () => {
    expect(problemOf(shop(`syncWindows: [{ ${NIGHT} }, { ${NIGHT} }]`))).toMatchObject({
      path: "syncWindows",
      message: "the windows 0 and 1 are the same",
    });
  });
});
