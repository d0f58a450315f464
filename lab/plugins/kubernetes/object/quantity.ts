import type { PropertyValue } from "../../rpc";
import { isPropertyMap } from "../../rpc";

/**
 * Writes a resource quantity in the one spelling that the API server gives back: `0.5` is `500m`, `1024Mi` is `1Gi`.
 * `undefined` for what is no quantity. Source: k8s.io/apimachinery `pkg/api/resource`.
 */
export function canonicalQuantity(value: string | number): string | undefined {
  const match = /^([+-]?)(\d+\.?\d*|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\d+)?$/.exec(String(value));
  if (match === null) return undefined;
  const [, sign = "", digits = "", suffix = ""] = match;
  const [whole = "", fraction = ""] = digits.split(".");
  const minus = sign === "-" ? "-" : "";
  const binary = binarySuffixes.indexOf(suffix);
  if (suffix !== "" && binary !== -1) {
    // A fraction of a binary unit is kept in that family as long as it is a whole number of bytes.
    const scaled = BigInt(whole + fraction) * 1024n ** BigInt(binary);
    const divisor = 10n ** BigInt(fraction.length);
    if (scaled % divisor === 0n) return minus + inBinary(scaled / divisor);
    return minus + inDecimal((scaled * 10n ** 9n) / divisor, false);
  }
  const exponent = /^[eE][+-]?\d+$/.test(suffix) ? Number(suffix.slice(1)) : (decimalExponents[suffix] ?? 0);
  const nanos = exponent + 9 - fraction.length;
  const mantissa = BigInt(whole + fraction);
  const amount = nanos >= 0 ? mantissa * 10n ** BigInt(nanos) : mantissa / 10n ** BigInt(-nanos);
  return minus + inDecimal(amount, /^[eE]/.test(suffix) && suffix.length > 1);
}

const binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const decimalExponents: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

function inBinary(bytes: bigint): string {
  if (bytes === 0n) return "0";
  let [amount, step] = [bytes, 0];
  while (step < binarySuffixes.length - 1 && amount % 1024n === 0n) [amount, step] = [amount / 1024n, step + 1];
  return `${amount}${binarySuffixes[step]}`;
}

function inDecimal(nanos: bigint, scientific: boolean): string {
  if (nanos === 0n) return "0";
  let [amount, step] = [nanos, 0];
  while (step < decimalSuffixes.length - 1 && amount % 1000n === 0n) [amount, step] = [amount / 1000n, step + 1];
  if (!scientific) return `${amount}${decimalSuffixes[step]}`;
  const exponent = step * 3 - 9;
  return exponent === 0 ? String(amount) : `${amount}e${exponent}`;
}

/** The maps whose values are quantities, by the name of the field that holds them. */
const quantityMaps = new Set([
  "limits",
  "requests",
  "hard",
  "capacity",
  "overhead",
  "podFixed",
  "default",
  "defaultRequest",
  "max",
  "min",
  "maxLimitRequestRatio",
]);

/** The fields that are quantities themselves. */
const quantityFields = new Set(["sizeLimit", "averageValue", "divisor"]);

/** A copy in which all quantities of a built-in kind's object have their canonical spelling. */
export function canonicalQuantities(value: PropertyValue, field = ""): PropertyValue {
  if (Array.isArray(value)) return value.map((item) => canonicalQuantities(item, field));
  if (!isPropertyMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const isQuantity = quantityMaps.has(field) || quantityFields.has(key) || (field === "target" && key === "value");
      if (isQuantity && (typeof item === "string" || typeof item === "number")) {
        return [key, canonicalQuantity(item) ?? item];
      }
      return [key, canonicalQuantities(item, key)];
    }),
  );
}
