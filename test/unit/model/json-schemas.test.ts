import Ajv from "ajv";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { projectJsonSchema, redeployJsonSchema, stackJsonSchema } from "../../../model/schema/json-schemas";
import { stackConfig } from "../../../model/schema/stack";
import { SHOP } from "./workspace";

const ROOT = join(__dirname, "..", "..", "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

const ajv = new Ajv({ strict: false });
const isProject = ajv.compile(projectJsonSchema());
const isStack = ajv.compile(stackJsonSchema());

const CATALOGUE = readdirSync(join(ROOT, "catalog"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => join("catalog", file));
const STACKS = ["Pulumi.dev.yaml", "Pulumi.staging.yaml", "Pulumi.prod.yaml"];

describe("the JSON Schemas for editors", () => {
  it.each([
    ["project", projectJsonSchema],
    ["redeploy", redeployJsonSchema],
    ["stack", stackJsonSchema],
  ])("of a %s are those of the zod schemas (npm run schemas)", (name, schema) => {
    expect(JSON.parse(read(`schemas/${name}.json`))).toEqual(schema());
  });

  it.each(CATALOGUE)("accept %s, which names its schema", (file) => {
    expect(isProject(parse(read(file)))).toBe(true);
    expect(read(file)).toMatch(/^# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/project\.json\n/);
  });

  it.each(STACKS)("accept %s, which names its schema", (file) => {
    expect(isStack(parse(read(file)))).toBe(true);
    expect(read(file)).toMatch(/^# yaml-language-server: \$schema=\.\/schemas\/stack\.json\n/);
  });

  it.each([
    ["kind: kustomize", "kind: kustomise"],
    ["name: deploy", "name: deploy\n    revison: main"],
    ["name: shop", "name: 1"],
    ["[dev, staging]", "[Dev]"],
  ])("refuse a project with %s replaced by %s", (from, to) => {
    expect(isProject(parse(SHOP))).toBe(true);
    expect(isProject(parse(SHOP.replace(from, to)))).toBe(false);
  });

  it("refuse unknown keys and secrets in plain text in a stack, and leave other namespaces alone", () => {
    const config = (key: string, value: unknown) => isStack({ config: { [key]: value } });
    expect(config("gitops-factory:dns", {})).toBe(true);
    expect(config("gitops-factory:dsn", {})).toBe(false);
    expect(config("kubernetes:context", "x")).toBe(true);
    expect(config("gitops-factory:secrets", { a: { value: { secure: "v1:x" } } })).toBe(true);
    expect(config("gitops-factory:secrets", { a: { value: "plain" } })).toBe(false);
  });

  it("describe every key of a project and of a stack", () => {
    const undescribed = (schema: Record<string, unknown>): string[] =>
      Object.entries(schema["properties"] as Record<string, { description?: string }>)
        .filter(([, { description }]) => description === undefined)
        .map(([key]) => key);
    expect(undescribed(projectJsonSchema())).toEqual([]);
    expect(undescribed(redeployJsonSchema())).toEqual([]);
    const { config } = stackJsonSchema()["properties"] as { config: Record<string, unknown> };
    expect(undescribed(config)).toEqual([]);
  });
});

describe("Pulumi.yaml", () => {
  const project = parse(read("Pulumi.yaml")) as {
    name: string;
    config: Record<string, { type: string; default: unknown; description: string }>;
  };

  it("declares the keys of the zod schema", () => {
    expect(Object.keys(project.config)).toEqual(Object.keys(stackConfig.shape).map((key) => `${project.name}:${key}`));
  });

  it("gives every key a default that the model takes for nothing said", () => {
    // The engine refuses a stack that lacks a key without a default.
    for (const entry of Object.values(project.config)) {
      expect(entry).toMatchObject({ type: expect.stringMatching(/^(string|object)$/) as string });
      expect(entry.default).toEqual(entry.type === "object" ? {} : (expect.any(String) as string));
    }
  });
});
