import type { StateFacts } from "./facts";

/** What the state of an Application asks of its reader. */
export type Mood = "bad" | "busy" | "fine" | "unknown";

/** In the order of the page's filter, with what it says. */
export const moods: Readonly<Record<Mood, string>> = {
  bad: "needs a look",
  busy: "in progress",
  fine: "Synced and Healthy",
  unknown: "not known",
};

/** Something that runs on by itself, or was paused on purpose, needs no look. */
export function moodOf(state: Pick<StateFacts, "sync" | "health"> | undefined): Mood {
  if (state === undefined) return "unknown";
  if (state.health === "Progressing" || (state.health === "Suspended" && state.sync === "Synced")) return "busy";
  return state.sync === "Synced" && state.health === "Healthy" ? "fine" : "bad";
}
