/** Kubernetes quantities by resource name: `{ cpu: "500m", memory: "256Mi" }`. */
export type Quantities = Readonly<Record<string, string>>;

export interface ResourceRequirements {
  readonly requests?: Quantities;
  readonly limits?: Quantities;
}

/** The suffixes of `k8s.io/apimachinery/pkg/api/resource`, as powers. */
const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The quantities that a user may write: Kubernetes' grammar without signs. Groups: number, exponent, suffix. */
export const QUANTITY_PATTERN = /^([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:([eE][+-]?[0-9]+)|([numkMGTPE]|[KMGTPE]i)?)$/;

/**
 * The size of a quantity in its base unit (cores, bytes), exact enough to compare two of them; absent when the text
 * is not a quantity.
 */
export function quantityValue(text: string): number | undefined {
  const match = QUANTITY_PATTERN.exec(text);
  if (match === null) return undefined;
  const [, digits = "", exponent = "", suffix = ""] = match;
  return Number(`${digits}${exponent}`) * (FACTORS[suffix] ?? 1);
}
