/**
 * A secret on its way from the stack config to Pulumi's encrypted state.
 *
 * It prints, serialises and inspects as `[secret]`, so that no log, error or golden dump can carry it by
 * accident. Only `reveal()` gives the text; the components call it inside `pulumi.secret(…)`.
 */
export class SecretText {
  readonly #text: string | undefined;

  private constructor(text: string | undefined) {
    this.#text = text;
  }

  /** A secret whose text is known: the program runs with the stack's decrypted config. */
  static known(text: string): SecretText {
    return new SecretText(text);
  }

  /** A secret of which only the ciphertext is at hand: `factory validate` reads the file offline. */
  static sealed(): SecretText {
    return new SecretText(undefined);
  }

  /** Whether `reveal()` can answer. */
  get isKnown(): boolean {
    return this.#text !== undefined;
  }

  /** The text. Throws on a sealed secret: a caller that needs the text must run inside the program. */
  reveal(): string {
    if (this.#text === undefined) {
      throw new Error("a sealed secret was read: its text is only known inside the Pulumi program");
    }
    return this.#text;
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[secret]";
  }
}
