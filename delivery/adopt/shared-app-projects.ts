import { ARGO, isOf, textAt } from "./found-object";
import type { FoundObject } from "./found-object";
import type { Placed } from "./place-candidates";

/** AppProjects that cannot be one project's own: Argo CD's `default`, those of several, those that nobody has seen. */
export function sharedAppProjects(placed: readonly Placed[], objects: readonly FoundObject[]): ReadonlySet<string> {
  const nameOf = (application: FoundObject): string => textAt(application.spec, "project") ?? "default";
  const names = new Set(placed.map(({ application }) => nameOf(application)));
  return new Set(
    [...names].filter((name) => {
      if (
        name === "default" ||
        !objects.some((object) => isOf(object, "AppProject", ARGO) && object.metadata.name === name)
      )
        return true;
      const users = objects.filter((object) => isOf(object, "Application", ARGO) && nameOf(object) === name);
      const homes = new Set(
        placed
          .filter(({ application }) => nameOf(application) === name)
          .map((one) => `${one.organisation}/${one.project}/${one.environment}`),
      );
      return homes.size > 1 || users.some((user) => !placed.some(({ application }) => application === user));
    }),
  );
}
