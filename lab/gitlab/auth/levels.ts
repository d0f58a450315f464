/** GitLab's roles by their numbers. */
export const level = {
  minimal: 5,
  guest: 10,
  planner: 15,
  reporter: 20,
  developer: 30,
  maintainer: 40,
  owner: 50,
} as const;

/** Those that a membership may have; `minimal` is for groups alone. */
export const memberLevels = [5, 10, 15, 20, 30, 40, 50] as const;
