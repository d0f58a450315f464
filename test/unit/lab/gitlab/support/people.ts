import { issueToken } from "../../../../../lab/gitlab/auth/issue-token";
import type { Double } from "./double";

/** Somebody who is no administrator, with a token. */
export interface Person {
  readonly id: number;
  readonly token: string;
}

/** Makes a user with a token of these scopes. */
export async function makePerson(double: Double, name: string, scopes: readonly string[] = ["api"]): Promise<Person> {
  const user = { username: name, name, email: `${name}@example.com`, force_random_password: true };
  const { id } = await double.make<{ id: number }>("POST", "/users", user);
  const { text } = issueToken(double.gitlab.context, { kind: "personal", user_id: id, name: "test", scopes });
  return { id, token: text };
}

/** Makes somebody a member of a group or a project. @param place `groups/3` */
export async function addMember(double: Double, place: string, { id }: Person, access_level: number): Promise<void> {
  await double.make("POST", `/${place}/members`, { user_id: id, access_level });
}
