import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readStatusFile } from "../../../../delivery/report/status-file";
import { jsonStatus } from "../../../../delivery/status/report";
import type { StatusEntry } from "../../../../delivery/status/entry";

let file: string;

beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), "gitops-factory-status-")), "status.json");
});

afterEach(() => {
  rmSync(join(file, ".."), { recursive: true });
});

const bare: StatusEntry = {
  from: "https://argocd.acme.example",
  project: "acme/shop",
  application: "acme-shop-dev-deploy-6293",
  images: ["shop:1.8.0"],
  revisions: ["9350b876"],
  sync: "Synced",
  health: "Healthy",
  messages: [],
};
const entry: StatusEntry = {
  ...bare,
  environment: "dev",
  delivery: { at: "2026-11-21T12:00:00Z", revision: "9350b876", author: "Ann" },
};

it("What factory status prints is read as it was", async () => {
  writeFileSync(file, JSON.stringify(jsonStatus([entry, bare])));
  expect(await readStatusFile(file)).toEqual([entry, bare]);
});

it.each([
  ["is cut off", JSON.stringify(jsonStatus([entry])).slice(0, 50), "it is no JSON, or was cut off"],
  ["is empty", "", "it is empty"],
  ["is something else", '{"format":1}', "applications: it is not what factory status prints"],
  ["has a later format", '{"format":2,"applications":[]}', "format: it is not what factory status prints"],
])("A file that %s is refused with the reason", async (_, text, expected) => {
  writeFileSync(file, text);
  await expect(readStatusFile(file)).rejects.toThrow(expected);
});

it("A file that is not there is refused with the way to make one", async () => {
  await expect(readStatusFile(`${file}.not`)).rejects.toThrow("npx factory status --json");
});
