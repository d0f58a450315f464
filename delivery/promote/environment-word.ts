/**
 * A text in which the environment's name, as a word of its own, is `<env>`: what differs between environments by design
 * then reads the same in both: `overlays/dev`, `values-dev.yaml`.
 *
 * @param shown what is written in its place
 */
export function withoutEnvironment(text: string, environment: string, shown = "<env>"): string {
  return text.replace(new RegExp(`(?<![A-Za-z0-9])${environment}(?![A-Za-z0-9])`, "g"), shown);
}
