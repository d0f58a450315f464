import type { Visibility } from "../store/places";
import type { Faults } from "./names";

const widths = { private: 0, internal: 1, public: 2 } as const;

/**
 * Nothing is wider to be seen than the group that it is in.
 * @param above the visibility of that group; undefined where there is none
 */
export function visibilityFaults(wanted: Visibility, above: Visibility | undefined, kind: "group" | "project"): Faults {
  if (above === undefined || widths[wanted] <= widths[above]) return {};
  const text =
    kind === "group"
      ? `${wanted} is not allowed since the parent group has a ${above} visibility.`
      : `${wanted} is not allowed in a ${above} group.`;
  return { visibility_level: [text] };
}
