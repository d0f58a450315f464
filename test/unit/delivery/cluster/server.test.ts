import { describe, expect, it } from "vitest";
import { isReachable, openApi, unreachable, type ServerFacts } from "../../../../delivery/cluster/server";
import { noArgoCd, notOpened, refusedProblem } from "../../../../delivery/cluster/server-problems";
import { UserError } from "../../../../model/problem";
import { kubeTarget, SERVER } from "./target";

const proxyError = { status: 502, body: "dial tcp: i/o timeout\n" };

/** What is said of a server that was found so. */
function said(part: Partial<ServerFacts>) {
  return unreachable(kubeTarget(), { identity: proxyError, ...part });
}

describe("An API server", () => {
  it("that answers is reachable, even if it is older than the question who we are, or keeps the answer to itself", () => {
    for (const status of [201, 403, 404]) {
      expect(isReachable({ identity: { status, body: {} } })).toBe(true);
      expect(said({ identity: { status, body: {} } })).toBeUndefined();
    }
    expect(isReachable({ identity: { status: 401, body: {} } })).toBe(false);
  });

  it.each([
    ["ECONNREFUSED", "the connection is refused"],
    ["ETIMEDOUT", "it does not answer"],
    ["ENOTFOUND", "its name does not resolve"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "signed by an authority that the kubeconfig does not know"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "signed by an authority that the kubeconfig does not know"],
    ["CERT_HAS_EXPIRED", "its certificate has expired"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "its certificate is for other names"],
  ])("with the connection's problem %s gets its own words and fix, and the kubeconfig is named", (problem, words) => {
    const found = said({ tls: { problem } });
    expect(found).toMatchObject({ severity: "error", file: "ada.yaml", path: "context blue" });
    expect(found?.message).toContain(`${SERVER}: `);
    expect(found?.message).toContain(words);
    expect(found?.fix).toMatch(/./);
  });

  it("that does not know us is no matter of the connection", () => {
    const identity = { status: 401, body: { message: "Unauthorized" } };
    expect(said({ identity, tls: { problem: "CERT_HAS_EXPIRED" } })?.message).toContain("does not know you (401)");
  });

  it("behind a credential plugin that is not there, or fails, is told by the plugin", () => {
    const body = (text: string) =>
      said({ identity: { status: 502, body: `getting credentials: ${text}\n\nIt looks …` } });
    expect(body("exec: executable aws not found")).toMatchObject({
      message: "its credential plugin aws is not on the PATH",
      fix: expect.stringContaining("install it") as string,
    });
    expect(body("exec: executable aws failed with exit code 255")).toMatchObject({
      message: "its credential plugin fails: exec: executable aws failed with exit code 255",
      fix: "log in with it again",
    });
  });

  it("is not told of its certificate by who does not look at it", () => {
    const facts = { tls: { problem: "DEPTH_ZERO_SELF_SIGNED_CERT", validity: { from: new Date(), to: new Date() } } };
    const message = (insecure: boolean) =>
      unreachable(kubeTarget({ insecure }), { ...facts, identity: proxyError })?.message;
    expect(message(false)).toContain("signed by an authority");
    expect(message(true)).toContain("cannot be asked: dial tcp");
  });

  it("that fails in a way not known here is told in kubectl's words, and how to see the same by hand", () => {
    expect(said({})?.fix).toBe("see that this works: kubectl --kubeconfig /home/ada/ada.yaml get --raw /version");
    expect(said({})?.message).toBe(`${SERVER} cannot be asked: dial tcp: i/o timeout`);
    expect(said({ identity: { failure: "EOF" } })?.message).toBe(`${SERVER} cannot be asked: EOF`);
  });

  it("that kubectl cannot go to, or without credentials, is told with the kubeconfig", async () => {
    expect(notOpened(kubeTarget(), "EOF").message).toBe(`kubectl cannot reach ${SERVER}: EOF`);
    const { signal } = new AbortController();
    const closed = openApi(kubeTarget({ hasCredentials: false }), {}, signal);
    await expect(closed).rejects.toThrow(UserError);
    await expect(closed).rejects.toThrow(`ada.yaml: context blue: it gives no credentials for ${SERVER}`);
  });

  it("that refuses one thing is told with what it refuses and to whom", () => {
    const body = { message: 'secrets is forbidden: User "ada" cannot list resource "secrets"' };
    const what = "list Secrets in argocd";
    expect(refusedProblem(kubeTarget(), what, { status: 403, body })).toMatchObject({
      file: "ada.yaml",
      path: "context blue",
      message: `you may not list Secrets in argocd (403): ${body.message}`,
    });
    expect(refusedProblem(kubeTarget(), what, { status: 401, body }).message).toContain("does not know you (401)");
    expect(refusedProblem(kubeTarget(), what, { status: 500, body: "broken" }).message).toBe(
      `you cannot list Secrets in argocd: ${SERVER} answers 500: broken`,
    );
  });

  it("without an Argo CD is told to be perhaps another than was meant", () => {
    expect(noArgoCd(kubeTarget(), "argocd")).toMatchObject({
      message: `${SERVER} has no Argo CD: it knows no Applications in argocd`,
      fix: expect.stringContaining("--context") as string,
    });
  });
});
