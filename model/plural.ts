/** `1 character`, `3 characters`. */
export function plural(amount: number, noun: string): string {
  return `${String(amount)} ${noun}${amount === 1 ? "" : "s"}`;
}
