/** A version as tags and charts have it: `v1.4.0`, `2.0.0-rc.1`, `2024.11`. */
const VERSION = /^v?\d+(\.\d+)*([-+][0-9A-Za-z.+-]+)?$/;

/** A commit, also one that is abbreviated to no less than Git's 7 digits. */
const COMMIT = /^[0-9a-f]{7,64}$/;

/**
 * Whether a revision means the same commit or chart tomorrow, as far as its form can tell: a commit, a version, or
 * `refs/tags/…`. `HEAD`, branches and ranges of versions (`1.4.*`, `^2`) move on.
 */
export function isFixedRevision(revision: string): boolean {
  return VERSION.test(revision) || COMMIT.test(revision) || revision.startsWith("refs/tags/");
}
