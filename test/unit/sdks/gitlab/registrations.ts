import * as gitlab from "@pulumi/gitlab";
import * as pulumi from "@pulumi/pulumi";

/** What a constructor asks Pulumi to register. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  /** The inputs as they go to the engine, secrets in clear. */
  readonly inputs: Record<string, unknown>;
  readonly options: pulumi.CustomResourceOptions;
  /** The names of the inputs that are secrets on the way. */
  readonly secrets: readonly string[];
}

/** Any class of the package. */
type ResourceClass = new (name: string, args: object, opts: pulumi.CustomResourceOptions) => pulumi.CustomResource;

const secretSignature = "4dabf18193072939515e22adb298388d";
const secretMarker = "1b47061264138c4ac30d75fd1eb44270";

/** Constructs a resource, of the class of that name, without an engine. */
export async function register(
  kind: string,
  args: object,
  opts: pulumi.CustomResourceOptions = {},
): Promise<Registration> {
  let seen: { type: string; name: string; inputs: object } | undefined;
  let options: pulumi.CustomResourceOptions = {};
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs, id }) => {
      seen = { type, name, inputs: inputs as object };
      return { id: id ?? `${name}-id`, state: inputs as object };
    },
    call: ({ token }) => {
      throw new Error(`${token} is not to be called`);
    },
  });
  const made = (gitlab as unknown as Record<string, ResourceClass>)[kind];
  if (made === undefined) throw new Error(`the package has no ${kind}`);
  const watch: pulumi.ResourceTransformation = ({ props, opts: given }) => {
    options = given;
    return { props: props as object, opts: given };
  };
  const resource = new made("thing", args, { ...opts, transformations: [watch] });
  await new Promise((resolve) => resource.urn.apply(resolve));
  if (seen === undefined) throw new Error(`${kind} was not registered`);
  return { ...seen, ...unwrapped(seen.inputs), options };
}

function unwrapped(inputs: object): Pick<Registration, "inputs" | "secrets"> {
  const secrets: string[] = [];
  const clear = Object.entries(inputs).map(([name, value]: [string, unknown]) => {
    if (typeof value !== "object" || value === null) return [name, value];
    const wrapped = value as Record<string, unknown>;
    if (wrapped[secretSignature] !== secretMarker) return [name, value];
    secrets.push(name);
    return [name, wrapped["value"]];
  });
  return { inputs: Object.fromEntries(clear) as Record<string, unknown>, secrets };
}
