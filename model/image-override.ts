/** An image that takes the place of another, as `kustomize edit set image` writes it: `name=new-name:tag`. */
export interface ImageOverride {
  /** The image as the workloads name it. */
  readonly name: string;
  /** Absent where only the version changes. */
  readonly newName?: string;
  /** The tag, the digest, or the tag with a digest behind `@`; absent where only the name changes. */
  readonly version?: string;
}

/** Takes an override apart that the catalogue's schema has let through. */
export function parseImageOverride(text: string): ImageOverride {
  const equals = text.indexOf("=");
  const target = splitVersion(text.slice(equals + 1));
  const version = target.version === undefined ? {} : { version: target.version };
  if (equals < 0) return { name: target.name, ...version };
  return { name: text.slice(0, equals), newName: target.name, ...version };
}

/** The override as the catalogue writes it. */
export function formatImageOverride({ name, newName, version }: ImageOverride): string {
  const target = newName === undefined ? name : `${name}=${newName}`;
  if (version === undefined) return target;
  return `${target}${/^[a-z0-9+._-]+:[0-9a-f]{32,}$/i.test(version) ? "@" : ":"}${version}`;
}

/** A colon before the last slash is that of a registry's port. */
function splitVersion(text: string): { name: string; version?: string } {
  const [, name = text, version] = /^(.*?)(?:[:@](?!.*\/)(.*))?$/.exec(text) ?? [];
  return version === undefined ? { name } : { name, version };
}

/** One list of overrides, in which the later list's take the place of the earlier's of the same name. */
export function mergeImages(earlier: readonly string[], later: readonly string[]): string[] {
  const byName = new Map([...earlier, ...later].map((text) => [parseImageOverride(text).name, text]));
  return [...byName.values()];
}
