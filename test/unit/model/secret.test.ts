import { format, inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { SecretText } from "../../../model/secret";

describe("SecretText", () => {
  it.each([
    ["a template", (secret: SecretText) => String(secret)],
    ["JSON", (secret: SecretText) => JSON.stringify({ secret })],
    ["a log", (secret: SecretText) => format("%o %s %j", secret, secret, secret)],
    ["inspect with hidden fields", (secret: SecretText) => inspect(secret, { showHidden: true, depth: 5 })],
    ["its own keys", (secret: SecretText) => Object.entries(secret).join()],
  ])("does not show its text in %s", (_, print) => {
    expect(print(SecretText.known("hunter2"))).not.toContain("hunter2");
  });

  it("gives its text to whoever asks for it by name", () => {
    expect(SecretText.known("hunter2").reveal()).toBe("hunter2");
  });

  it("throws when it is sealed and its text is wanted", () => {
    const sealed = SecretText.sealed();
    expect(sealed.isKnown).toBe(false);
    expect(() => sealed.reveal()).toThrow("a sealed secret was read");
  });
});
