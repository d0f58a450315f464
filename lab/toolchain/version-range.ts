/** The versions `from` (included) up to `below` (excluded), each `major.minor.patch`. */
export interface VersionRange {
  readonly from: string;
  readonly below: string;
}

/** Whether a version lies in the range. A pre-release (`1.35.4-rc.1`) or what is no version never does. */
export function versionFits(version: string, range: VersionRange): boolean {
  if (!/^\d+(\.\d+)*(\+\S*)?$/.test(version)) return false;
  return compareVersions(version, range.from) >= 0 && compareVersions(version, range.below) < 0;
}

/** Compares the numbers of two versions, missing ones counting as 0: negative, zero or positive. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(version: string): number[] {
  const [release = ""] = version.split("+");
  return release.split(".").map(Number);
}
