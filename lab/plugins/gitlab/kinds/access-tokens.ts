import { isPropertyMap } from "../../rpc";
import { type Kind, options, part, type Plan, textOf, type Told } from "../kind";
import { levelName, levelNumber } from "../levels";

interface Owner {
  /** The argument that names it. */
  readonly argument: "project" | "group";
  readonly token: string;
  readonly client: "ProjectAccessTokens" | "GroupAccessTokens";
}

/** An access token of a project, which has a user of its own. */
export const projectAccessToken = accessToken({
  argument: "project",
  token: "gitlab:index/projectAccessToken:ProjectAccessToken",
  client: "ProjectAccessTokens",
});

/** An access token of a group, which has a user of its own. */
export const groupAccessToken = accessToken({
  argument: "group",
  token: "gitlab:index/groupAccessToken:GroupAccessToken",
  client: "GroupAccessTokens",
});

/** GitLab makes every change but that of the expiry by another token; a new expiry rotates it, and so does its approach. */
function accessToken({ argument, token, client }: Owner): Kind {
  return {
    token,
    idParts: 2,
    attributes: {
      [argument]: { replaces: true },
      accessLevel: { default: "maintainer", replaces: true },
      description: { replaces: true },
      name: { replaces: true },
      rotationConfiguration: { untold: true },
      scopes: { replaces: true },
      validatePastExpirationDate: { default: true, untold: true },
    },
    renewed: { by: ["expiresAt"], outputs: ["token", "createdAt"] },
    complete: (plan, state, now) => ({ ...plan, ...rotatedExpiry(plan, state, now) }),
    conflicts: (plan, now) => expiryConflicts(plan, now),

    async create({ gitlab }, plan) {
      const owner = textOf(plan, argument);
      const body = { accessLevel: levelNumber(textOf(plan, "accessLevel")), description: plan["description"] };
      const made = await gitlab[client].create(
        owner,
        textOf(plan, "name"),
        options(plan["scopes"] as string[]),
        options(plan["expiresAt"] as never),
        options(body),
      );
      return { id: `${owner}:${made.id}`, told: { ...toldOf(made), token: (made as Told)["token"] } };
    },

    async read({ gitlab }, id) {
      const found = await gitlab[client].show(part(id, 0), part(id, 1));
      return found.revoked ? undefined : { ...toldOf(found), [argument]: part(id, 0) };
    },

    async update({ gitlab }, id, { changed }) {
      const owner = part(id, 0);
      if (changed["expiresAt"] === undefined) return toldOf(await gitlab[client].show(owner, part(id, 1)));
      const body = options({ expiresAt: changed["expiresAt"] });
      const made = await gitlab[client].rotate(owner, part(id, 1), body);
      return { ...toldOf(made), id: `${owner}:${made.id}`, token: (made as Told)["token"] };
    },

    async remove({ gitlab }, id) {
      await gitlab[client].revoke(part(id, 0), part(id, 1));
    },
  };
}

/** The expiry that a rotation configuration asks for: the token's own, until it comes near. */
function rotatedExpiry(plan: Plan, state: Plan | undefined, now: Date): Plan {
  const rotation = plan["rotationConfiguration"];
  if (!isPropertyMap(rotation)) return {};
  const current = state?.["expiresAt"];
  const fresh = dayAfter(now, Number(rotation["expirationDays"]));
  if (typeof current !== "string" || current === "") return { expiresAt: fresh };
  return { expiresAt: current <= dayAfter(now, Number(rotation["rotateBeforeDays"])) ? fresh : current };
}

/** `2026-11-21`, in UTC. */
function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/** What speaks against the expiry of a new token. */
export function expiryConflicts(plan: Plan, now: Date): string[] {
  const { expiresAt, validatePastExpirationDate } = plan;
  if (typeof expiresAt !== "string" || validatePastExpirationDate === false) return [];
  const past = expiresAt.slice(0, 10) < dayAfter(now, 0);
  return past ? [`expiresAt is ${expiresAt}, which is past: a token needs a later day (YYYY-MM-DD)`] : [];
}

function toldOf(found: object): Told {
  const told = found as Told;
  return { ...told, id: undefined, token: undefined, accessLevel: levelName(told["accessLevel"]) };
}
