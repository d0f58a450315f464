import * as gitlab from "@pulumi/gitlab";
import type * as pulumi from "@pulumi/pulumi";
import { version } from "@pulumi/gitlab/package.json";
import { describe, expect, it } from "vitest";
import {
  loadSchema,
  nameOf,
  type PackageSchema,
  type Properties,
  type PropertyType,
} from "../../../../lab/plugins/gitlab/package-schema";
import { register } from "./registrations";

const schema = loadSchema();
const resources = Object.entries(schema.resources).map(([token, resource]) => ({
  ...{ token, name: nameOf(token) },
  ...resource,
}));
const table = resources.map((resource) => [resource.name, resource] as const);

/** A value of a type, made of the facts alone: each place holds its own. */
function sample(type: PropertyType, place: string, types: PackageSchema["types"]): unknown {
  if (typeof type === "object") {
    return "array" in type ? [sample(type.array, place, types)] : { key: sample(type.map, place, types) };
  }
  if (type === "boolean") return true;
  if (type === "integer") return place.length;
  if (type === "string") return `a ${place}`;
  return samples(types[type.replace("#/types/", "")]?.properties ?? {}, types);
}

function samples(properties: Properties, types = schema.types): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([name, { type }]) => [name, sample(type, name, types)]));
}

const secret = (properties: Properties) => Object.keys(properties).filter((name) => properties[name]?.secret === true);

describe("the classes of @pulumi/gitlab", () => {
  it("are those of the schema, and the provider", () => {
    const { types, config, ...classes } = gitlab;
    expect(Object.keys(classes).sort()).toEqual([...resources.map(({ name }) => name), "Provider"].sort());
    expect(Object.keys(config)).toEqual(Object.keys(schema.config));
    expect(Object.keys(types).sort()).toEqual(["input", "output"]);
  });

  it.each(table)("%s registers its token, version, arguments and secrets", async (name, resource) => {
    const args = samples(resource.inputs);
    const registration = await register(name, args);
    expect(registration).toMatchObject({ type: resource.token, name: "thing", inputs: args });
    expect(Object.keys(registration.inputs).sort()).toEqual(Object.keys(args).sort());
    expect([...registration.secrets].sort()).toEqual(secret(resource.inputs).sort());
    expect(registration.options.version).toBe("10.1.1");
    expect(registration.options.additionalSecretOutputs ?? []).toEqual(secret(resource.outputs));
  });

  it.each(table)("%s passes nothing that the schema does not have", async (name, resource) => {
    const { inputs } = await register(name, { ...samples(resource.inputs), unheardOf: 1 });
    expect(inputs).not.toHaveProperty("unheardOf");
  });

  it.each(table)("%s misses each required argument by Pulumi's own words", (name, resource) => {
    const made = (gitlab as unknown as Record<string, object>)[name];
    for (const missing of resource.requiredInputs) {
      const args = { ...samples(resource.inputs), [missing]: undefined };
      expect(() => Reflect.construct(made as never, ["thing", args])).toThrow(`Missing required property '${missing}'`);
    }
  });

  it.each(table)("%s can be looked up by its id, with any of its outputs as state", async (name, resource) => {
    const state = samples({ ...resource.inputs, ...resource.outputs });
    const { inputs, options } = await register(name, state, { id: "5" });
    expect(inputs).toEqual(state);
    expect(options.id).toBe("5");
  });

  it.each(table)("%s tells its own from others", (name, resource) => {
    const made = (gitlab as unknown as Record<string, typeof pulumi.CustomResource>)[name];
    expect(made?.isInstance({ __pulumiType: resource.token })).toBe(true);
    expect(made?.isInstance({ __pulumiType: "gitlab:index/other:Other" })).toBe(false);
    expect([undefined, null, "Group"].map((value) => made?.isInstance(value))).toEqual([false, false, false]);
  });
});

describe("the options of a resource", () => {
  it("are the caller's on top of the package's", async () => {
    const opts = { version: "10.0.0", additionalSecretOutputs: ["name"], protect: true };
    const { options } = await register("Group", { path: "acme" }, opts);
    expect(options).toMatchObject({ version: "10.0.0", protect: true });
    expect([...(options.additionalSecretOutputs ?? [])].sort()).toEqual(["name", "runnersToken"]);
  });

  it("have the version of the package, which is the schema's", () => {
    expect([version, schema.version]).toEqual(["10.1.1", "10.1.1"]);
  });
});

describe("the provider of @pulumi/gitlab", () => {
  it("takes texts as they are, all else as JSON, and the token as a secret", async () => {
    const { type, inputs, secrets, options } = await register("Provider", {
      ...{ baseUrl: "https://gitlab.example/api/v4/", token: "glpat-x", cacertFile: "/ca.pem" },
      ...{ insecure: false, earlyAuthCheck: true, retries: 3, headers: { "x-a": "b" } },
    });
    expect(type).toBe("pulumi:providers:gitlab");
    expect(inputs).toEqual({
      ...{ baseUrl: "https://gitlab.example/api/v4/", token: "glpat-x", cacertFile: "/ca.pem" },
      ...{ insecure: "false", earlyAuthCheck: "true", retries: "3", headers: '{"x-a":"b"}' },
    });
    expect(secrets).toEqual(["token"]);
    expect(options).toMatchObject({ version: "10.1.1", additionalSecretOutputs: ["token"] });
  });

  it("needs no argument: what is missing comes from the stack's config or the environment of the plugin", async () => {
    expect((await register("Provider", {})).inputs).toEqual({});
  });

  it("knows itself", () => {
    expect(gitlab.Provider.isInstance({ __pulumiType: "pulumi:providers:gitlab" })).toBe(true);
    expect(gitlab.Provider.isInstance({ __pulumiType: "pulumi:providers:random" })).toBe(false);
  });
});
