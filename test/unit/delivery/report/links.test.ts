import { describe, expect, it } from "vitest";
import { applicationLink, repositoryLink, shownRepository } from "../../../../delivery/report/links";

describe("A link to an Application", () => {
  it.each([
    ["https://argocd.acme.example", "https://argocd.acme.example/applications/argocd/shop"],
    ["https://acme.example/argocd/", "https://acme.example/argocd/applications/argocd/shop"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080/applications/argocd/shop"],
    [undefined, undefined],
    ["javascript:alert(1)", undefined],
    ["argocd.acme.example", undefined],
    ["https://admin:secret@argocd.acme.example", undefined],
  ])("of the Argo CD at %s is %s", (argocd, expected) => {
    expect(applicationLink(argocd, "argocd", "shop")).toBe(expected);
  });

  it("has names that cannot leave their place in it", () => {
    expect(applicationLink("https://a.example", "argocd", "../x?y#z")).toBe(
      "https://a.example/applications/argocd/..%2Fx%3Fy%23z",
    );
  });
});

describe("A repository", () => {
  it.each([
    ["https://git.acme.example/shop.git", "https://git.acme.example/shop.git"],
    ["http://git.protobox/shop.git", "http://git.protobox/shop.git"],
    ["ssh://git@git.acme.example/shop.git", undefined],
    ["git@git.acme.example:shop.git", undefined],
    ["https://bot:s3cret@git.acme.example/shop.git", undefined],
    ["javascript:alert(1)", undefined],
    ["data:text/html,x", undefined],
  ])("at %s is linked to as %s", (url, expected) => {
    expect(repositoryLink(url)).toBe(expected);
  });

  it.each([
    ["https://bot:s3cret@git.acme.example/shop.git", "https://git.acme.example/shop.git"],
    ["https://s3cret@git.acme.example/shop.git", "https://git.acme.example/shop.git"],
    ["ssh://git:s3cret@git.acme.example/shop.git", "ssh://git.acme.example/shop.git"],
    ["ssh://git@git.acme.example/shop.git", "ssh://git@git.acme.example/shop.git"],
    ["git@git.acme.example:shop.git", "git@git.acme.example:shop.git"],
  ])("at %s is shown as %s", (url, expected) => {
    expect(shownRepository(url)).toBe(expected);
  });
});
