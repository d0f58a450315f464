import { describe, expect, it } from "vitest";
import { commandsFor, credentialsAmong } from "../../../../delivery/adopt/credentials";
import { adoptFound, application, found, URL } from "./found";

function secret(name: string, values: Readonly<Record<string, string>>, type = "repository") {
  const data = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString("base64")]),
  );
  return found("Secret", name, { metadata: { labels: { "argocd.argoproj.io/secret-type": type } }, data }, "argocd");
}

const LOGIN = { url: URL, username: "bot", password: "hunter2" };

describe("The credentials of a repository", () => {
  it("are handed on by name, and no value of the Secret is kept anywhere", () => {
    const adoption = adoptFound([application("deploy"), secret("repo-1", LOGIN)]);
    expect(adoption.projects[0]?.content["repositories"]).toMatchObject([{ credentials: "repo-1" }]);
    expect(JSON.stringify(adoption)).not.toMatch(/hunter2|aHVudGVyMg/);
    expect(JSON.stringify(adoption.credentials)).not.toContain("bot");
  });

  it("are found by another spelling of the URL, and else by the longest beginning", () => {
    const names = (...secrets: ReturnType<typeof secret>[]) =>
      (
        adoptFound([application("deploy"), ...secrets]).projects[0]?.content["repositories"] as {
          credentials?: string;
        }[]
      )[0]?.credentials;
    expect(names(secret("same", { ...LOGIN, url: URL.replace(".git.acme", ".git.acme").replace(/\.git$/, "") }))).toBe(
      "same",
    );
    const short = secret("short", { ...LOGIN, url: "https://git.acme.example" }, "repo-creds");
    const long = secret("long", { ...LOGIN, url: "https://git.acme.example/shop" }, "repo-creds");
    expect(names(short, long)).toBe("long");
    expect(names(secret("other", { ...LOGIN, url: "https://other.example/a.git" }))).toBeUndefined();
  });

  it("go into the stack's config by commands that show no value", () => {
    const [login] = credentialsAmong([secret("repo-1", LOGIN)]);
    const [key] = credentialsAmong([secret("repo-2", { url: "git@git.acme.example:a.git", sshPrivateKey: "KEY" })]);
    expect(login && commandsFor(login, "dev")).toEqual([
      "kubectl get secret repo-1 -n argocd -o jsonpath='{.data.username}' | base64 -d | pulumi config set --stack dev --path --plaintext 'gitops-factory:secrets.repo-1.username'",
      "kubectl get secret repo-1 -n argocd -o jsonpath='{.data.password}' | base64 -d | pulumi config set --stack dev --path --secret 'gitops-factory:secrets.repo-1.password'",
    ]);
    expect(key && commandsFor(key, undefined)).toEqual([
      "kubectl get secret repo-2 -n argocd -o jsonpath='{.data.sshPrivateKey}' | base64 -d | pulumi config set --path --secret 'gitops-factory:secrets.repo-2.privateKey'",
    ]);
  });

  it.each(["githubAppPrivateKey", "tlsClientCertData", "insecure"])("cannot be adopted with %s", (key) => {
    const { applications, notes } = adoptFound([application("deploy"), secret("repo-1", { ...LOGIN, [key]: "true" })]);
    expect(applications).toEqual([]);
    expect(notes.find(({ weight }) => weight === "refused")).toMatchObject({ path: "Secret repo-1", value: key });
  });
});
