import { expect, it } from "vitest";
import { shownInputs } from "../../../components/shown-inputs";
import { SecretText } from "../../../model/secret";

it("Shown inputs are the arguments without their secrets, at any depth", () => {
  const password = SecretText.known("hunter2");
  const args = {
    name: "a",
    replicas: 2,
    absent: undefined,
    password,
    list: [password, { password, user: "u" }, ["x"]],
    map: { inner: { password } },
  };
  const shown = shownInputs(args);
  expect(shown).toEqual({ name: "a", replicas: 2, list: [{ user: "u" }, ["x"]], map: { inner: {} } });
  expect(Object.keys(shown)).not.toContain("absent");
});
