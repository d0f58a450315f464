import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { version } from "../../../component-package/package.json";
import { componentPackageSchema } from "../../../model/schema/component-package";
import { PulumiTypes } from "../../../model/schema/pulumi-types";
import type { PulumiProperty, PulumiType } from "../../../model/schema/pulumi-types";

const root = join(__dirname, "..", "..", "..");
const schema = componentPackageSchema();

/** Checks a value of a program against a type of the schema; gives the places where it does not fit. */
function misfits(value: unknown, type: PulumiType, path: string): string[] {
  // What is made by another resource, or is a secret of the config.
  if (typeof value === "string" && /^\$\{[\w.]+\}$/.test(value))
    return type.plain === true ? [`${path}: not known`] : [];
  if (type.oneOf) return type.oneOf.some((one) => misfits(value, one, path).length === 0) ? [] : [path];
  if (type.$ref !== undefined) {
    const named = schema.types[type.$ref.replace("#/types/", "")];
    if (named === undefined) return [`${path}: ${type.$ref} does not exist`];
    if (named.enum) return named.enum.some((one) => one.value === value) ? [] : [path];
    return misfitsOfObject(value, named.properties ?? {}, named.required ?? [], path);
  }
  if (type.type === "array") {
    if (!Array.isArray(value)) return [path];
    return value.flatMap((item, index) => misfits(item, type.items ?? {}, `${path}[${String(index)}]`));
  }
  if (type.type === "object") {
    return Object.entries(value as object).flatMap(([key, item]) =>
      misfits(item, type.additionalProperties ?? {}, `${path}.${key}`),
    );
  }
  return typeof value === (type.type === "integer" ? "number" : type.type) ? [] : [path];
}

function misfitsOfObject(
  value: unknown,
  properties: Readonly<Record<string, PulumiProperty>>,
  required: readonly string[],
  path: string,
): string[] {
  const object = value as Record<string, unknown>;
  const missing = required.filter((key) => object[key] === undefined).map((key) => `${path}.${key}: missing`);
  const wrong = Object.entries(object).flatMap(([key, item]) => {
    const property = properties[key];
    return property === undefined ? [`${path}.${key}: unknown`] : misfits(item, property, `${path}.${key}`);
  });
  return [...missing, ...wrong];
}

interface Program {
  readonly packages: Readonly<Record<string, string>>;
  readonly resources: Readonly<Record<string, { readonly type: string; readonly properties: Record<string, unknown> }>>;
  readonly outputs: Readonly<Record<string, string>>;
}

const example = parse(readFileSync(join(root, "docs/examples/yaml/Pulumi.yaml"), "utf8")) as Program;

/** Where the resources of a program do not fit the package. */
function misfitsOfProgram({ resources }: Program): string[] {
  return Object.entries(resources).flatMap(([name, { type, properties }]) => {
    if (type.startsWith("pulumi:")) return [];
    const component = schema.resources[type];
    if (component === undefined) return [`${name}: no such component`];
    return misfitsOfObject(properties, component.inputProperties, component.requiredInputs ?? [], name);
  });
}

describe("The schema of the component package", () => {
  it("is the one in schemas/ (npm run schemas)", () => {
    expect(JSON.parse(readFileSync(join(root, "schemas/component-package.json"), "utf8"))).toEqual(schema);
  });

  it("has the version that the package's own package.json says", () => {
    expect(version).toBe(schema.version);
  });

  it("has a type for each reference, and a reference to each type", () => {
    const references = [...JSON.stringify(schema).matchAll(/"#\/types\/([^"]+)"/g)].map(([, token = ""]) => token);
    expect([...new Set(references)].sort()).toEqual(Object.keys(schema.types).sort());
  });

  it("has no property that a language could not name", () => {
    const owners = [
      ...Object.values(schema.types),
      ...Object.values(schema.resources).map(({ inputProperties }) => ({ properties: inputProperties })),
    ];
    const names = owners.flatMap(({ properties = {} }) => Object.keys(properties));
    expect(names.filter((name) => !/^[A-Za-z]\w*$/.test(name))).toEqual([]);
    expect(schema.types["gitops-factory:index:ProjectContainerDefaults"]?.properties?.["limits"]).toEqual({
      description: "What a container may use at most. Of: cpu, memory, ephemeral-storage.",
      type: "object",
      additionalProperties: {
        oneOf: [
          { type: "string", plain: true },
          { type: "number", plain: true },
        ],
        plain: true,
      },
      plain: true,
    });
  });

  it("has Go's SDK hold the types of plain objects in lists", () => {
    expect(schema.language).toMatchObject({ go: { generateExtraInputTypes: true } });
  });

  it("describes every input and output of every component", () => {
    const missing = Object.entries(schema.resources).flatMap(([token, { inputProperties, properties }]) =>
      Object.entries({ ...properties, ...inputProperties })
        .filter(([, { description, $ref }]) => description === undefined && $ref === undefined)
        .map(([key]) => `${token} ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it("lets secrets, and nothing else, be known during the update only", () => {
    for (const { inputProperties } of Object.values(schema.resources)) {
      const later = Object.entries(inputProperties).filter(([, { plain }]) => plain !== true);
      expect(later.map(([key]) => key)).toEqual("secrets" in inputProperties ? ["secrets"] : []);
    }
    const secrets = schema.types["gitops-factory:index:Secret"]?.properties ?? {};
    expect(Object.values(secrets).map(({ secret }) => secret)).toEqual([true, true, true, true]);
  });

  it("leaves out of a project what belongs to several environments, to other clusters, or to GitLab", () => {
    const { inputProperties } = schema.resources["gitops-factory:index:Project"] ?? { inputProperties: {} };
    expect(Object.keys(inputProperties)).not.toEqual(expect.arrayContaining(["environments"]));
    for (const key of ["cluster", "gitlab", "appRepositories"]) expect(inputProperties).not.toHaveProperty(key);
    expect(schema.types["gitops-factory:index:ProjectRepository"]?.required).toEqual(["kind", "name", "url"]);
  });
});

describe("docs/examples/yaml/Pulumi.yaml", () => {
  it("fits the schema", () => {
    expect(misfitsOfProgram(example)).toEqual([]);
    expect(Object.values(example.resources).map(({ type }) => type)).toEqual([
      "pulumi:providers:kubernetes",
      ...Object.keys(schema.resources),
    ]);
  });

  it("names the folder of the package, and outputs that there are", () => {
    const folder = join(root, "docs/examples/yaml", example.packages["gitops-factory"] ?? "");
    expect(readFileSync(join(folder, "PulumiPlugin.yaml"), "utf8")).toContain("runtime: nodejs");
    for (const value of Object.values(example.outputs)) {
      const [, name = "", property = ""] = /^\$\{(\w+)\.(\w+)\}$/.exec(value) ?? [];
      expect(schema.resources[example.resources[name]?.type ?? ""]?.properties).toHaveProperty(property);
    }
  });

  it.each([
    ["organisation", undefined, "shop.organisation: missing"],
    ["organisation", "${argocd.namespace}", "shop.organisation: not known"],
    ["organization", "acme", "shop.organization: unknown"],
    ["podSecurity", "tight", "shop.podSecurity"],
    ["quota", { cpu: true }, "shop.quota.cpu"],
  ])("would be found out with %s: %j", (key, value, place) => {
    const { shop } = structuredClone(example.resources);
    if (shop) shop.properties[key] = value;
    const properties = Object.fromEntries(
      Object.entries(shop?.properties ?? {}).filter(([, one]) => one !== undefined),
    );
    expect(misfitsOfProgram({ ...example, resources: { shop: { type: shop?.type ?? "", properties } } })).toEqual([
      place,
    ]);
  });
});

describe("A type of a Pulumi package", () => {
  it.each([
    [
      "a list",
      { type: "array", items: { type: "integer" } },
      { type: "array", items: { type: "integer", plain: true }, plain: true },
    ],
    [
      "one of two types",
      { type: ["string", "number"] },
      {
        oneOf: [
          { type: "string", plain: true },
          { type: "number", plain: true },
        ],
        plain: true,
      },
    ],
    ["what may be left empty", { anyOf: [{ type: "boolean" }, { type: "null" }] }, { type: "boolean", plain: true }],
    ["a ciphertext", { type: "object", properties: { secure: { type: "string" } } }, { type: "string", secret: true }],
  ])("of %s", (_, json, type) => {
    expect(new PulumiTypes("p:index").property(json, "Any")).toEqual(type);
  });

  it("of one of several objects has the properties of all, and requires what all require", () => {
    const types = new PulumiTypes("p:index");
    const kind = (word: string, key: string) => ({
      type: "object",
      properties: { kind: { const: word, type: "string" }, [key]: { type: "string" } },
      required: ["kind", key],
    });
    types.property({ type: "array", items: { oneOf: [kind("a", "x"), kind("b", "y")] } }, "Things");
    expect(types.named["p:index:Thing"]).toMatchObject({ required: ["kind"], properties: { x: {}, y: {} } });
    expect(types.named["p:index:ThingKind"]?.enum).toEqual([{ value: "a" }, { value: "b" }]);
  });

  it("is refused where the package's language has none, and where two have one name", () => {
    const types = new PulumiTypes("p:index");
    expect(() => types.property({}, "Any")).toThrow("has no type");
    types.property({ enum: ["a"] }, "Word");
    expect(() => types.property({ enum: ["b"] }, "Word")).toThrow("two types are named Word");
  });
});
