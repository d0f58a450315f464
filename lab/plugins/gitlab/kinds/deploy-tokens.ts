import { type Kind, options, part, textOf, type Told } from "../kind";
import { expiryConflicts } from "./access-tokens";

interface Owner {
  /** The argument that names it. */
  readonly argument: "project" | "group";
  readonly token: string;
}

/** A token with which a project's repository and packages can be read. */
export const projectDeployToken = deployToken({
  argument: "project",
  token: "gitlab:index/projectDeployToken:ProjectDeployToken",
});

/** A token with which the repositories and packages of a group's projects can be read. */
export const groupDeployToken = deployToken({
  argument: "group",
  token: "gitlab:index/groupDeployToken:GroupDeployToken",
});

/** GitLab cannot change one: any change makes another. */
function deployToken({ argument, token }: Owner): Kind {
  const at = (owner: string) => options(argument === "project" ? { projectId: owner } : { groupId: owner });
  return {
    token,
    idParts: 2,
    attributes: { validatePastExpirationDate: { default: true, untold: true } },
    conflicts: expiryConflicts,

    async create({ gitlab }, plan) {
      const owner = textOf(plan, argument);
      const body = { username: plan["username"], expiresAt: plan["expiresAt"], ...(at(owner) as object) };
      const made = await gitlab.DeployTokens.create(
        textOf(plan, "name"),
        options(plan["scopes"] as string[]),
        options(body),
      );
      const told = toldOf(made);
      // GitLab tells the moment where a day was given.
      const expiresAt = plan["expiresAt"] ?? told["expiresAt"];
      return { id: `${owner}:${made.id}`, told: { ...told, expiresAt, token: (made as Told)["token"] } };
    },

    async read({ gitlab }, id, state) {
      const [owner, tokenId] = [part(id, 0), Number(part(id, 1))];
      const told = toldOf(await gitlab.DeployTokens.show(tokenId, at(owner)));
      if (told["revoked"] === true) return undefined;
      return { ...told, expiresAt: state["expiresAt"] ?? told["expiresAt"], [argument]: owner };
    },

    async remove({ gitlab }, id) {
      await gitlab.DeployTokens.remove(Number(part(id, 1)), at(part(id, 0)));
    },
  };
}

function toldOf(found: object): Told {
  return { ...(found as Told), id: undefined, token: undefined };
}
