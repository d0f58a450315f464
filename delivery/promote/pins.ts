import type { Source } from "../argocd/application";
import { parseImageOverride } from "../../model/image-override";
import type { Repository, RepositorySource } from "../../model/project";
import { withoutEnvironment } from "./environment-word";

/** One thing that says which version of a repository an environment runs. */
export interface Pin {
  readonly kind: "revision" | "image" | "parameter";
  /** The image's or the parameter's name; empty for the revision. */
  readonly name: string;
  /** A branch, tag, commit or chart version; an image's tag or digest; a parameter's value. */
  readonly value: string;
}

/** Which pin it is, whatever its value. */
export type PinKey = Pick<Pin, "kind" | "name">;

/** A Helm parameter that holds an image's version, as charts call them: `image.tag`, `api.imageTag`, `digest`. */
const VERSION_PARAMETER = /(?:^|[._])(?:tag|digest)$|[a-z](?:Tag|Digest)$/;

/** The pins of a repository in one environment, the defaults included: its first source's. */
export function pinsOf({ sources: [source] }: Pick<Repository, "sources">): readonly Pin[] {
  return [{ kind: "revision", name: "", value: source.revision }, ...versionsOf(source)];
}

function versionsOf(source: RepositorySource): Pin[] {
  if (source.kind === "kustomize") return imagePins(source.images);
  return source.kind === "helm" ? parameterPins(Object.entries(source.parameters)) : [];
}

/** The pins that a live Application has, in the shape of Argo CD's API. */
export function pinsOfSource({ targetRevision = "HEAD", kustomize, helm }: Source): readonly Pin[] {
  const parameters = (helm?.parameters ?? []).map(({ name, value = "" }) => [name, value] as const);
  return [
    { kind: "revision", name: "", value: targetRevision === "" ? "HEAD" : targetRevision },
    ...imagePins(kustomize?.images ?? []),
    ...parameterPins(parameters),
  ];
}

function imagePins(images: readonly string[]): Pin[] {
  return images.flatMap((image) => {
    const { name, version } = parseImageOverride(image);
    return version === undefined ? [] : [{ kind: "image", name, value: version } as const];
  });
}

function parameterPins(parameters: readonly (readonly [name: string, value: string])[]): Pin[] {
  return parameters
    .filter(([name]) => VERSION_PARAMETER.test(name))
    .map(([name, value]) => ({ kind: "parameter", name, value }));
}

export function isSameKey(one: PinKey, other: PinKey): boolean {
  return one.kind === other.kind && one.name === other.name;
}

export function valueOf(pins: readonly Pin[], key: PinKey): string | undefined {
  return pins.find((pin) => isSameKey(pin, key))?.value;
}

/** Whether all of these pins are among the others, with the same values. */
export function hasPins(all: readonly Pin[], wanted: readonly Pin[]): boolean {
  return wanted.every((pin) => valueOf(all, pin) === pin.value);
}

/** `revision`, `image nginx`, `parameter image.tag` */
export function pinName({ kind, name }: PinKey): string {
  return name === "" ? kind : `${kind} ${name}`;
}

/** Whether two values differ by no more than the names of their environments. */
export function isSameBut(one: string, of: string, other: string, its: string): boolean {
  return one === other || withoutEnvironment(one, of) === withoutEnvironment(other, its);
}
