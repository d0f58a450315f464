import { describe, expect, it } from "vitest";
import { environmentsBefore, isCommonEnvironment } from "../../../model/environment-order";
import { problemOf, stack } from "./workspace";

const plain = (...names: string[]) => names.map((environment) => ({ environment }));

describe("The order of environments", () => {
  it.each([
    ["prod", ["staging", "dev"]],
    ["staging", ["dev"]],
    ["dev", []],
  ])("goes by common names: before %s come %j", (environment, expected) => {
    expect(environmentsBefore(environment, plain("prod", "staging", "dev"))).toEqual(expected);
  });

  it("knows further names, and leaves out those that the platform does not have", () => {
    expect(environmentsBefore("production", plain("development", "qa", "preprod", "production"))).toEqual([
      "preprod",
      "qa",
      "development",
    ]);
  });

  it("is what the stacks say, where they say it", () => {
    const all = [
      { environment: "blue", from: "dev" },
      { environment: "prod", from: "blue" },
      ...plain("dev", "staging"),
    ];
    expect(environmentsBefore("prod", all)).toEqual(["blue", "dev"]);
    expect(environmentsBefore("staging", all)).toEqual(["dev"]);
  });

  it("is what one of several stacks says that are the environment", () => {
    const all = [{ environment: "live" }, { environment: "live", from: "dev" }, ...plain("dev")];
    expect(environmentsBefore("live", all)).toEqual(["dev"]);
  });

  it("knows an environment by its name alone", () => {
    expect(["stage", "recette", "blue", "overlays"].filter(isCommonEnvironment)).toEqual(["stage", "recette"]);
  });

  it("has no place for a name that nobody has ordered", () => {
    expect(environmentsBefore("blue", plain("dev", "blue"))).toEqual([]);
  });

  it("ends where stacks name each other", () => {
    const all = [
      { environment: "one", from: "two" },
      { environment: "two", from: "one" },
    ];
    expect(environmentsBefore("one", all)).toEqual(["two"]);
  });
});

describe("promotion.from is refused", () => {
  it.each([
    ["stagin", "no project of the catalogue has it", 'did you mean "staging"?'],
    ["dev", "this is the stack's own environment", "name one of these, or remove it"],
  ])("when it is %s", (from, message, fix) => {
    expect(problemOf(stack(`promotion: { from: ${from} }`))).toMatchObject({ path: "promotion.from", message, fix });
  });
});
