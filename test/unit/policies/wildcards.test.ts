import { expect, it } from "vitest";
import { hasWildcard, matchesEntry, matchesGlob } from "../../../policies/wildcards";

it.each([
  ["kube-*", "kube-system", true],
  ["kube-*", "kube", false],
  ["*", "", true],
  ["**", "kube-system", true],
  ["kube-syste?", "kube-system", true],
  ["kube-system?", "kube-system", false],
  ["kube\\-system", "kube-system", true],
  ["team\\*", "team-a", false],
  ["team\\*", "team*", true],
  ["team-[ab]", "team-b", true],
  ["team-[ab]", "team-c", false],
  ["team-[!ab]", "team-c", true],
  ["team-[!ab]", "team-b", false],
  ["team-[a-c]", "team-b", true],
  ["team-[^a]", "team-b", false],
  ["team-[^a]", "team-^", true],
  ["team-[]", "team-", false],
  ["{argocd,shop}", "argocd", true],
  ["{argocd,shop}", "shop", true],
  ["{argocd,shop}", "argocdshop", false],
  ["{argocd,shop}-x", "shop-x", true],
  ["{a,b},c", "b,c", true],
  ["{{a,b},c}-?", "b-1", true],
  ["{{a,b},c}-?", "c-1", true],
  ["{a,b.c}", "b.c", true],
  ["{a,b.c}", "bxc", false],
  ["a.b", "axb", false],
  ["a,b", "a,b", true],
  ["a}b", "a}b", true],
  ["argocd", "argocd-demo", false],
  ["argocd", "my-argocd", false],
  // What cannot be read means nothing.
  ["{argocd", "argocd", false],
])("The pattern %s means %s: %s", (pattern, name, isMeant) => {
  expect(matchesGlob(pattern, name)).toBe(isMeant);
});

it.each([
  ["!shop", "argocd", true],
  ["!shop", "shop", false],
  ["!sh*", "shop", false],
  ["shop", "shop", true],
  ["shop", "argocd", false],
])("The entry %s means %s: %s", (entry, name, isMeant) => {
  expect(matchesEntry(entry, name)).toBe(isMeant);
});

it.each(["*", "a?", "[ab]", "{a,b}", "a\\b"])("%s is a pattern", (pattern) => {
  expect(hasWildcard(pattern)).toBe(true);
});

it("A name is no pattern", () => {
  expect(hasWildcard("https://git.example/acme-1/shop_a.git")).toBe(false);
});
