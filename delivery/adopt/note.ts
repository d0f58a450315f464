/** Something that the catalogue says otherwise than the object did, or cannot say. */
export interface Note {
  /** What it is about: `Application argo-docserver`. */
  readonly object: string;
  /** The file, `the cluster`, or `the cluster edge` for a further one. */
  readonly origin: string;
  /** The further cluster that the object lies on; absent on Argo CD's own. */
  readonly cluster?: string;
  /** The place in the object: `spec.source.helm.values`. */
  readonly path: string;
  /** What is there, as far as it is no secret. */
  readonly value?: string;
  /** Why it is not carried over as it is. */
  readonly reason: string;
  /** What becomes of it, or what to do. */
  readonly effect: string;
  /**
   * `refused`: the object is not adopted, since what runs would change. `changed`: the first update changes it.
   * `advice`: it is adopted as it is, and could be better.
   */
  readonly weight: "refused" | "changed" | "advice";
}

/** Gathers the notes on one object. */
export class Notes {
  readonly all: Note[] = [];

  constructor(
    readonly object: string,
    readonly origin: string,
    readonly cluster?: string,
  ) {}

  refused(path: string, value: unknown, reason: string, effect: string): void {
    this.#add("refused", path, value, reason, effect);
  }

  changed(path: string, value: unknown, reason: string, effect: string): void {
    this.#add("changed", path, value, reason, effect);
  }

  advice(path: string, value: unknown, reason: string, effect: string): void {
    this.#add("advice", path, value, reason, effect);
  }

  get isRefused(): boolean {
    return this.all.some(({ weight }) => weight === "refused");
  }

  #add(weight: Note["weight"], path: string, value: unknown, reason: string, effect: string): void {
    const { object, origin, cluster } = this;
    this.all.push({
      object,
      origin,
      ...(cluster !== undefined && { cluster }),
      path,
      ...(value !== undefined && { value: short(value) }),
      reason,
      effect,
      weight,
    });
  }
}

/** A value on one line. What may hold secrets is not passed here: inline values of Helm are told by their keys. */
function short(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > 160 ? `${line.slice(0, 157)}…` : line;
}
