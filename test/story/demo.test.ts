import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { destroyLab } from "../../lab/lab";
import { layoutOf } from "../../lab/layout";
import { labStatus } from "../../lab/status";
import { DEFAULT_ARGOCD_VERSION } from "../../model/argocd-releases";
import { FactoryCommand, type Outcome } from "../engine/support/factory-command";

const root = mkdtempSync(join(tmpdir(), "gitops-factory-demo-"));
const state = join(root, "lab");

afterAll(async () => {
  await destroyLab(state);
  rmSync(root, { recursive: true, force: true });
});

function demo(): Promise<Outcome> {
  return new FactoryCommand(["demo", "--offline", "--state", state]).outcome;
}

/** The addresses that the demonstration prints, by what they lead to. */
function addresses(text: string): Map<string, string> {
  const table = text.slice(text.indexOf("PART "), text.indexOf("Try next:"));
  return new Map(table.split("\n").map((line) => [line.split(/ {2,}/)[0] ?? "", line.split(/ {2,}/)[1] ?? ""]));
}

function fetchJson(url: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    get(url, { rejectUnauthorized: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        resolve(JSON.parse(Buffer.concat(chunks).toString("utf8")));
      });
    }).on("error", reject);
  });
}

describe("factory demo", () => {
  let first: Outcome;

  it("ends with every Application of the stack dev deployed by Argo CD", async () => {
    first = await demo();
    expect(first.code, first.stderr).toBe(0);
    const table = first.stdout.slice(first.stdout.indexOf("APPLICATION "), first.stdout.indexOf("PART "));
    const rows = table.trimEnd().split("\n").slice(1);
    expect(rows.map((row) => row.split(/ +/))).toEqual([
      ["acme-shop-dev-deploy-6293", "Synced", "Healthy"],
      ["ministere-demarches-dev-api-6293", "Synced", "Healthy"],
      ["ministere-demarches-dev-front-6293", "Synced", "Healthy"],
      ["protobox1-docserver-dev-docserver-6293", "Synced", "Healthy"],
    ]);
  });

  it("prints what the README shows, but for the lab's own addresses and password", () => {
    const shown = /<!-- npm run demo -->\n```text\n([\s\S]*?)```/.exec(readFileSync("README.md", "utf8"))?.[1] ?? "";
    const printed = first.stdout.slice(first.stdout.indexOf("APPLICATION "), first.stdout.indexOf("Try next:"));
    const common = (text: string): string =>
      text
        .replace(/127\.\d+\.\d+\./g, "127.10.0.")
        .replace(/admin \/ .*/, "admin / …")
        .replace(/ +/g, " ")
        .trim();
    expect(common(printed)).toBe(common(shown));
  });

  it("prints addresses at which its servers answer", async () => {
    const known = addresses(first.stdout);
    expect(await fetchJson(`${known.get("Argo CD") ?? ""}/api/version`)).toMatchObject({
      Version: expect.stringContaining(DEFAULT_ARGOCD_VERSION) as string,
    });
    const issuer = known.get("log-in by OIDC: /platform/admins") ?? "";
    expect(await fetchJson(`${issuer}/.well-known/openid-configuration`)).toMatchObject({ issuer });
  });

  it("shows all of its processes as ready", async () => {
    const { running, processes } = await labStatus(state);
    expect(processes.filter((process) => process.state !== "ready")).toEqual([]);
    expect(running).toBe(true);
    expect(processes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["argocd-server", "argocd-repo-server", "coredns", "dnsmasq", "consul", "git-http"]),
    );
  });

  it("keeps the opened secrets of the stack out of what it prints and of the project's folder", () => {
    const access = readFileSync(join(layoutOf(state).parts, "git", "access.json"), "utf8");
    const { users } = JSON.parse(access) as { users: Record<string, { password: string }> };
    const password = users["demarches-bot"]?.password ?? "";
    expect(password).not.toBe("");
    expect(`${first.stdout}${first.stderr}`).not.toContain(password);
    expect(readFileSync("Pulumi.dev.yaml", "utf8")).not.toContain("argocd-oidc");
  });

  it("changes nothing when it is run again", async () => {
    const before = await labStatus(state);
    const again = await demo();
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/\d+ unchanged/);
    expect(again.stdout).not.toMatch(/ (created|updated|deleted) \(/);
    expect((await labStatus(state)).processes.map(({ pid }) => pid)).toEqual(before.processes.map(({ pid }) => pid));
  });
});
