import { expect, it } from "vitest";
import { urlParts, withoutUserInfo } from "../../../policies/repository-urls";

it.each([
  ["https://git.example/shop.git", "https", "git.example"],
  ["HTTP://GIT.example:8080/shop.git", "http", "git.example"],
  ["ssh://git@git.example:2222/shop.git", "ssh", "git.example"],
  ["git@git.example:shop.git", "ssh", "git.example"],
  ["git@[2001:db8::7]:shop.git", "ssh", "2001:db8::7"],
  ["https://[2001:db8::7]:8443/shop.git", "https", "2001:db8::7"],
  ["oci://registry.example/charts", "oci", "registry.example"],
  ["registry.example:5000/charts", "oci", "registry.example"],
])("%s is reached by %s at %s", (url, scheme, host) => {
  expect(urlParts(url)).toMatchObject({ scheme, host });
});

it("A user and a password are told apart", () => {
  expect(urlParts("https://bot:a:b@git.example/shop.git")).toMatchObject({ user: "bot", password: "a:b" });
  expect(urlParts("https://token@git.example/shop.git")).toMatchObject({ user: "token", password: undefined });
});

it.each([
  ["https://bot:secret@git.example/shop.git", "https://(not shown)@git.example/shop.git"],
  ["https://bot:sec@ret@git.example/shop.git", "https://(not shown)@git.example/shop.git"],
  ["https://git.example/shop.git?token=secret", "https://git.example/shop.git?(not shown)"],
])("%s is shown without what may be a secret", (url, shown) => {
  expect(withoutUserInfo(url)).toBe(shown);
});
