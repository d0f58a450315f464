import { CONFIG_MAPS, isOn, switchedOn } from "./config-map";
import { DEPLOYMENT, DEPLOYMENT_PATCH } from "./kinds";
import { listAt, nameOf, textAt } from "./read";
import type { Finding, Subject } from "./rule";

/** A switch of Argo CD's server, by each of its names. */
export interface ServerSwitch {
  /** In the ConfigMap `argocd-cmd-params-cm`. */
  readonly parameter: string;
  readonly flag: string;
  readonly variable: string;
}

/** What can turn a switch of Argo CD's server on. */
export const SERVER_SETTINGS: readonly string[] = [...CONFIG_MAPS, DEPLOYMENT, DEPLOYMENT_PATCH];

/** Findings about a switch that is on and must not be: by the parameter, by an argument, or by the environment. */
export function serverSwitchedOn(subject: Subject, names: ServerSwitch, fact: string): readonly Finding[] {
  if (CONFIG_MAPS.includes(subject.type)) {
    const fix = `take ${names.parameter} out of argocd.parameters in the stack's config`;
    return switchedOn(subject, { configMap: "argocd-cmd-params-cm", key: names.parameter }, { fact, fix });
  }
  if (nameOf(subject.inputs) !== "argocd-server") return [];
  return listAt(subject.inputs, "spec", "template", "spec", "containers").flatMap((container, index) => {
    const path = `spec.template.spec.containers[${String(index)}]`;
    return [...byArgument(container, names, path), ...byVariable(container, names, path)].map((found) => ({
      ...found,
      fact,
    }));
  });
}

/** As a word of its own, or within a line for a shell. */
function byArgument(container: unknown, { flag }: ServerSwitch, path: string) {
  return ["command", "args"].flatMap((list) =>
    listAt(container, list).flatMap((argument, index) => {
      const isThere = String(argument)
        .split(/\s+/)
        .some((word) => word === flag || (word.startsWith(`${flag}=`) && isOn(word.slice(flag.length + 1))));
      if (!isThere) return [];
      return [{ path: `${path}.${list}[${String(index)}]`, value: flag, fix: "take the argument out" }];
    }),
  );
}

function byVariable(container: unknown, { variable }: ServerSwitch, path: string) {
  return listAt(container, "env").flatMap((entry, index) => {
    if (textAt(entry, "name") !== variable || !isOn(textAt(entry, "value") ?? "")) return [];
    return [{ path: `${path}.env[${String(index)}].value`, value: variable, fix: "take the variable out" }];
  });
}
