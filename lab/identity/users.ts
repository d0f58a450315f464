/** Somebody who can log in. The passwords open nothing but the lab. */
export interface LabUser {
  readonly name: string;
  readonly password: string;
  readonly email: string;
  /** As Cloud π's console names them. */
  readonly groups: readonly string[];
}

/** By their log-in: one for each role that the platform knows. */
export const labUsers: Readonly<Record<string, LabUser>> = {
  /** Administers the platform. */
  alice: user("Alice", ["/platform/admins"]),
  /** Writes in the project demarches. */
  bob: user("Bob", ["/demarches/console/RW"]),
  /** Reads in the project demarches. */
  carol: user("Carol", ["/demarches/console/RO"]),
  /** Is of no group. */
  dave: user("Dave", []),
};

function user(name: string, groups: readonly string[]): LabUser {
  const login = name.toLowerCase();
  return { name, password: login, email: `${login}@lab.example`, groups };
}

/** The user with this log-in and password; absent where one of them is wrong. */
export function userOf(login: string, password: string): LabUser | undefined {
  const known = Object.hasOwn(labUsers, login) ? labUsers[login] : undefined;
  return known?.password === password ? known : undefined;
}
