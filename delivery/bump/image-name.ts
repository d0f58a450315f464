/** An image as workloads name it: `registry.acme.example/shop:1.4.2@sha256:…`. */
export interface Reference {
  /** The part before the tag, as written. */
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

// The grammar of https://github.com/distribution/reference (v0.6.0, regexp.go), which container runtimes read names by.
const COMPONENT = String.raw`[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*`;
const LABEL = String.raw`(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])`;
const DOMAIN = String.raw`(?:${LABEL}(?:\.${LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?`;
const NAME = String.raw`(?:${DOMAIN}/)?${COMPONENT}(?:/${COMPONENT})*`;
const TAG = String.raw`\w[\w.-]{0,127}`;
const DIGEST = String.raw`[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}`;

const NAME_ALONE = new RegExp(`^${NAME}$`);
const TAG_ALONE = new RegExp(`^${TAG}$`);
const DIGEST_ALONE = new RegExp(`^${DIGEST}$`);
const REFERENCE = new RegExp(`^(${NAME})(?::(${TAG}))?(?:@(${DIGEST}))?$`);

/** Takes a reference apart; absent when it is none. */
export function parseReference(text: string): Reference | undefined {
  const match = REFERENCE.exec(text);
  if (match === null) return undefined;
  const [, name = "", tag, digest] = match;
  return { name, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

export function isImageName(text: string): boolean {
  return NAME_ALONE.test(text);
}

export function isTag(text: string): boolean {
  return TAG_ALONE.test(text);
}

/** The algorithms that OCI registers have a length of their own; others are judged by the grammar alone. */
export function isDigest(text: string): boolean {
  const hex = { sha256: 64, sha384: 96, sha512: 128 }[/^(sha256|sha384|sha512):/.exec(text)?.[1] ?? ""];
  if (hex === undefined) return DIGEST_ALONE.test(text);
  return new RegExp(`^[a-z0-9]+:[0-9a-f]{${String(hex)}}$`).test(text);
}

/**
 * The name that a runtime makes of a short one: `nginx` is `docker.io/library/nginx`. The first component is a registry
 * when it has a dot, a port or capitals, or is `localhost`.
 */
export function fullName(name: string): string {
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const isDomain = /[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase();
  const domain = isDomain ? first.replace(/^index\.docker\.io$/, "docker.io") : "docker.io";
  const rest = isDomain ? name.slice(slash + 1) : name;
  return domain === "docker.io" && !rest.includes("/") ? `docker.io/library/${rest}` : `${domain}/${rest}`;
}
