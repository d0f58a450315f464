import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Factory } from "./support/factory";
import { succeeded } from "./support/pulumi-run";

const ROOT = join(__dirname, "..", "..");
const SHOP = "catalog/acme/shop.yaml";
const DOCSERVER = "catalog/protobox1/docserver.yaml";
const DEMARCHES = "catalog/ministere/demarches.yaml";

const BLOG = `organisation: acme
name: blog
description: "A blog | </details> @all"
environments: [dev]
quota: { cpu: "1", memory: 2Gi }
groups: { write: [bloggers] }
repositories:
  - { name: site, url: "https://git.acme.example/blog/site.git", kind: kustomize, revision: v1.0.0, credentials: gitlab }
`;

interface Reviewed {
  readonly headline: string;
  readonly verdict: string;
  readonly stacks: readonly {
    readonly stack: string;
    readonly failures: readonly string[];
    readonly dangers: readonly { readonly kind: string; readonly subject: string; readonly what: string }[];
    readonly policies: readonly { readonly policy: string; readonly level: string }[];
    readonly subjects: readonly {
      readonly name: string;
      readonly action: string;
      readonly changes: readonly string[];
    }[];
  }[];
}

/** What the real engine foretells of a changed catalogue, as its reviewers read it. */
describe("A merge request's review", { timeout: 600_000 }, () => {
  let factory: Factory;
  let docserver: string;
  let streamed: Reviewed;

  beforeAll(async () => {
    factory = await Factory.start();
    docserver = factory.program.read(DOCSERVER);
    await succeeded(factory.stack.up());
  }, 1_800_000);
  afterAll(() => factory?.dispose());

  async function review(...args: string[]): Promise<{ code: number | null; review: Reviewed; all: string }> {
    const command = [join(ROOT, "bin", "factory.js"), "review", "--json", ...args];
    const env = { ...process.env, ...factory.lab.env };
    const child = spawn(process.execPath, command, {
      cwd: factory.program.dir,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (out === "") throw new Error(err);
    return { code: await ended, review: JSON.parse(out) as Reviewed, all: out + err };
  }

  it("says that nothing changes where nothing does", async () => {
    const { code, review: none } = await review("--stack", "dev");
    expect(code).toBe(0);
    expect(none).toMatchObject({ headline: "Nothing changes.", verdict: "unchanged" });
  });

  it("tells what is new, changes and goes, and what is dangerous about it", async () => {
    const { program } = factory;
    program.write("catalog/acme/blog.yaml", BLOG);
    program.replace(SHOP, "kind: kustomize\n", "kind: kustomize\n    revision: v2.0.0\n");
    program.replace(DEMARCHES, 'quota: { cpu: "4", memory: 8Gi }', 'quota: { cpu: "5", memory: 8Gi }');
    program.replace(DEMARCHES, "read: [/demarches/console/RO]", "read: [/demarches/console/RO, everyone]");
    program.replace(DEMARCHES, "[ingress-nginx]", "[ingress-nginx]\n  egressToCidrs: [0.0.0.0/0]");
    program.remove(DOCSERVER);
    program.config(["dns", "forwards", 0], undefined);

    const { code, review: found, all } = await review("--stack", "dev");
    streamed = found;
    expect(code).toBe(0);
    expect(found.headline).toBe(
      "Deletes the project protobox1/docserver from dev, adds the project acme/blog to dev, changes the revision of " +
        "acme/shop in dev, changes the quota, network and access of ministere/demarches in dev, changes DNS in dev.",
    );
    const [stack] = found.stacks;
    const changes = Object.fromEntries((stack?.subjects ?? []).map((one) => [one.name, one.changes]));
    expect(changes["acme/shop"]).toEqual(["revision of deploy HEAD → v2.0.0"]);
    expect(changes["ministere/demarches"]).toEqual([
      "quota cpu 4 → 5",
      "outgoing traffic to 0.0.0.0/0",
      "read access for group everyone",
    ]);
    expect(changes["acme/blog"]).toContain("write access for group bloggers");
    expect(stack?.dangers.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      "deletion protobox1/docserver",
      expect.stringMatching(/^rights ministere\/demarches$/),
      "network ministere/demarches",
      "DNS DNS",
      "DNS DNS",
      "DNS DNS",
    ]);
    expect(changes["acme/blog"]).toContain("credentials of a repository are given");
    const password = await factory.stack.must("config", "get", "--path", "gitops-factory:secrets.gitlab.password");
    expect(password.trim().length).toBeGreaterThan(3);
    expect(all).not.toContain(password.trim());
  });

  it("is the same from Pulumi's digest, and says so in Markdown that a description cannot break", async () => {
    const digest = join(factory.program.dir, "preview-dev.json");
    writeFileSync(digest, await factory.stack.must("preview", "--json", "--non-interactive"));
    const read = await review("preview-dev.json", "-o", "review.md");
    const told = ({ stacks, ...rest }: Reviewed) => ({
      ...rest,
      dangers: stacks[0]?.dangers.map(({ what }) => what),
      subjects: stacks[0]?.subjects.map(({ name, action, changes }) => [name, action, changes]),
    });
    expect(told(read.review)).toEqual(told(streamed));
    const markdown = factory.program.read("review.md");
    expect(markdown).toContain("| `acme/blog` | **new**<br>");
    expect(markdown.match(/<\/details>/g)).toHaveLength(1);
  });

  it("is blocked by the policy pack, with exit code 3", async () => {
    factory.program.config(["policies", "production"], ["dev"]);
    const { code, review: blocked } = await review("--stack", "dev", "--policy-pack", join(ROOT, "policies"));
    expect(code).toBe(3);
    expect(blocked).toMatchObject({
      verdict: "blocked",
      headline: expect.stringMatching(/^Blocked by policy in dev;/) as string,
    });
    expect(blocked.stacks[0]?.dangers).toContainEqual({ kind: "production", subject: "", what: "dev is production" });
    expect(blocked.stacks[0]?.policies[0]).toMatchObject({ level: "mandatory" });
  });

  it("says why the preview of a catalogue with a mistake has failed", async () => {
    factory.program.replace(SHOP, "kind: kustomize\n", "kind: kustomized\n");
    const { code, review: failed } = await review("--stack", "dev");
    factory.program.replace(SHOP, "kind: kustomized\n", "kind: kustomize\n");
    expect(code).toBe(3);
    expect(failed.headline).toBe("The preview of dev has failed.");
    expect(failed.stacks[0]?.failures[0]).toMatch(/^catalog\/acme\/shop\.yaml:\d+:\d+: repositories\[0\]\.kind: /);
  });

  it("says why there is no preview of a stack that is not there", async () => {
    const { code, review: failed } = await review("--stack", "nowhere");
    expect(code).toBe(3);
    expect(failed.stacks[0]).toMatchObject({ stack: "nowhere", failures: ["no stack named 'nowhere' found"] });
  });

  it("tells that the deletion of a protected project will be refused", async () => {
    factory.program.config(["deletion", "protect"], true);
    factory.program.write(DOCSERVER, docserver);
    await succeeded(factory.stack.up());
    factory.program.remove(DOCSERVER);
    const { code, review: refused } = await review("--stack", "dev");
    expect(code).toBe(3);
    expect(refused.stacks[0]?.dangers[0]).toEqual({
      kind: "protected",
      subject: "protobox1/docserver",
      what: "Application protobox1-docserver-dev-docserver-6293 is protected: the update will be refused",
    });
    expect(refused.headline).toContain("deletes the project protobox1/docserver from dev");
  });
});
