import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { Authority } from "../../lab/control-plane/certificate";
import { gitFiles } from "../../lab/git/files";
import { layoutOf } from "../../lab/layout";
import { privateCaFile } from "../../lab/network/private-ca";
import { conditionsOf, isDeployed } from "./support/application";
import { addGitUsers, GitRepository } from "./support/git-repository";
import { configMap, yaml } from "./support/manifests";
import { makeSshKey } from "./support/ssh-key";
import { setSecrets } from "./support/stack-secrets";
import { Story } from "./support/story";

const names = ["tls", "locked", "ssh", "stranger"] as const;
type Name = (typeof names)[number];
const application = (name: Name): string => `acme-shop-dev-${name}-6293`;

describe("private repositories by TLS of a private authority and by SSH", { timeout: 600_000 }, () => {
  let story: Story;

  beforeAll(async () => {
    story = await Story.start({ parts: ["git"] });
    const key = await makeSshKey(join(story.stateDir, "deploy-key"));
    const wrongKey = await makeSshKey(join(story.stateDir, "wrong-key"));
    addGitUsers(story, { bot: { password: "of the bot" }, "deploy-key": { keys: [key.public] } });
    for (const name of names) {
      const readers = name === "ssh" || name === "stranger" ? ["deploy-key"] : ["bot"];
      await GitRepository.create(
        story,
        `acme/${name}`,
        { "config.yaml": yaml(configMap(name, { from: name })) },
        { readers },
      );
    }
    const { program } = story.factory;
    program.remove("catalog");
    const repositories = [
      { name: "tls", url: "https://git.protobox/acme/tls.git", kind: "manifests", credentials: "bot" },
      { name: "locked", url: "https://git.protobox/acme/locked.git", kind: "manifests", credentials: "wrong-login" },
      { name: "ssh", url: "ssh://git@git.protobox/acme/ssh.git", kind: "manifests", credentials: "deploy-key" },
      { name: "stranger", url: "git@git.protobox:acme/stranger.git", kind: "manifests", credentials: "wrong-key" },
    ];
    program.write(
      "catalog/acme/shop.yaml",
      stringify({ organisation: "acme", name: "shop", environments: ["dev"], repositories }),
    );
    await setSecrets(story.factory.stack, {
      bot: { username: "bot", password: "of the bot" },
      "wrong-login": { username: "bot", password: "not of the bot" },
      // Without the last line's end, as `pulumi config set` leaves what it reads from a file.
      "deploy-key": { privateKey: key.private.trimEnd() },
      "wrong-key": { privateKey: wrongKey.private },
    });
  }, 600_000);

  afterAll(async () => {
    await story?.dispose();
  });

  /** Declares what the platform trusts: lines of known_hosts, and the authority of git.protobox. */
  async function trust(knownHosts: string | undefined, authority: string | undefined): Promise<void> {
    const { program } = story.factory;
    program.config(["argocd", "knownHosts"], knownHosts && [knownHosts.trim()]);
    program.config(["argocd", "tlsCertificates"], authority && { "git.protobox": authority });
    await story.deploy();
  }

  /**
   * Waits until an Application shows an error of this kind; what ConfigMaps say comes to the pods after a while.
   * @returns the error
   */
  async function errorOf(name: Name, kind: RegExp): Promise<string> {
    await story.refresh(application(name));
    return conditionsOf(await story.untilApplication(application(name), (found) => kind.test(conditionsOf(found))));
  }

  async function deployed(name: Name): Promise<string> {
    await story.refresh(application(name));
    await story.untilApplication(application(name), isDeployed);
    const path = `/api/v1/namespaces/acme-shop-dev-6293/configmaps/${name}`;
    return ((await story.get(path)) as { data: { from: string } }).data.from;
  }

  const serverKnownHosts = (): string => readFileSync(gitFiles(layoutOf(story.stateDir)).knownHosts, "utf8");
  const serverAuthority = (): string => readFileSync(privateCaFile(layoutOf(story.stateDir)), "utf8");

  it("is told by the Application where neither the authority nor the host is known", async () => {
    await trust(undefined, undefined);
    expect(await errorOf("tls", /x509/)).toContain("x509: certificate signed by unknown authority");
    expect(await errorOf("ssh", /knownhosts/)).toContain("ssh: handshake failed: knownhosts: key is unknown");
  });

  it("deploys from both once the stack's config names the authority and the host's key", async () => {
    await trust(serverKnownHosts(), serverAuthority());
    expect(await deployed("tls")).toBe("tls");
    expect(await deployed("ssh")).toBe("ssh");
  });

  it("tells a wrong password and a wrong key apart from that", async () => {
    expect(await errorOf("locked", /authentication/)).toContain("authentication required: HTTP Basic: Access denied");
    expect(await errorOf("stranger", /authenticate/)).toContain(
      "ssh: handshake failed: ssh: unable to authenticate, attempted methods [none publickey]",
    );
  });

  it("deploys once the right password and key are there", async () => {
    await setSecrets(story.factory.stack, {
      "wrong-login": { username: "bot", password: "of the bot" },
      "wrong-key": { privateKey: readFileSync(join(story.stateDir, "deploy-key"), "utf8") },
    });
    await story.deploy();
    expect(await deployed("locked")).toBe("locked");
    expect(await deployed("stranger")).toBe("stranger");
  });

  it("refuses a server whose certificate is by another authority, or whose host key is another", async () => {
    const other = await makeSshKey(join(story.stateDir, "other-host"));
    await trust(`git.protobox ${other.public}`, new Authority("another authority").pair.cert);
    expect(await errorOf("tls", /x509/)).toContain("x509: certificate signed by unknown authority");
    expect(await errorOf("ssh", /knownhosts/)).toContain("ssh: handshake failed: knownhosts: key mismatch");
  });

  it("has no password and no key in any log or Application", async () => {
    const applications = JSON.stringify(await Promise.all(names.map((name) => story.application(application(name)))));
    const logs = ["argocd-repo-server", "argocd-application-controller", "argocd-server", "git-http", "git-sshd"];
    const texts = logs.map((name) => readFileSync(join(layoutOf(story.stateDir).logs, `${name}.log`), "utf8"));
    for (const text of [applications, ...texts]) expect(text).not.toMatch(/of the bot|PRIVATE KEY/);
  });
});
