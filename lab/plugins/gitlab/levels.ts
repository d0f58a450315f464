/** The access levels by GitLab's numbers. Source: docs.gitlab.com/api/access_requests/#valid-access-levels. */
const levels: Readonly<Record<string, number>> = {
  "no one": 0,
  minimal: 5,
  guest: 10,
  planner: 15,
  reporter: 20,
  "security manager": 25,
  developer: 30,
  maintainer: 40,
  owner: 50,
  admin: 60,
};

/** The number of a level's name. Throws on a name that there is not. */
export function levelNumber(name: string): number {
  const level = levels[name];
  if (level === undefined) {
    throw new Error(
      `${JSON.stringify(name)} is no access level: it has to be one of ${Object.keys(levels).join(", ")}`,
    );
  }
  return level;
}

/** The name of a level's number. */
export function levelName(level: unknown): string {
  return Object.keys(levels).find((name) => levels[name] === level) ?? String(level);
}
