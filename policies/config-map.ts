import { CONFIG_MAP, CONFIG_MAP_PATCH } from "./kinds";
import { nameOf, textAt } from "./read";
import type { Finding, Subject } from "./rule";

/** What a ConfigMap is declared by: as a whole, or some of its keys. */
export const CONFIG_MAPS: readonly string[] = [CONFIG_MAP, CONFIG_MAP_PATCH];

/** One key of a ConfigMap that has the name; undefined for another ConfigMap, or where the key is not set. */
export function settingOf({ inputs }: Subject, configMap: string, key: string): string | undefined {
  return nameOf(inputs) === configMap ? textAt(inputs, "data", key) : undefined;
}

/** Where a key of a ConfigMap is: `data["exec.enabled"]`. */
export function dataPath(key: string): string {
  return /^\w+$/.test(key) ? `data.${key}` : `data["${key}"]`;
}

const TRUE = ["1", "t", "T", "TRUE", "true", "True"];
const FALSE = ["0", "f", "F", "FALSE", "false", "False"];

/** Whether Argo CD takes a text for true: Go's `strconv.ParseBool`. */
export function isOn(text: string): boolean {
  return TRUE.includes(text);
}

/** Whether Argo CD takes a text for false. */
export function isOff(text: string): boolean {
  return FALSE.includes(text);
}

/** The key of `argocd-cm` by which people log in with an identity provider; an empty text is none. */
export function logInOf(subject: Subject): string | undefined {
  return ["oidc.config", "dex.config"].find((key) => (settingOf(subject, "argocd-cm", key) ?? "").trim() !== "");
}

/** A finding about a switch that is on and must not be. */
export function switchedOn(
  subject: Subject,
  setting: { readonly configMap: string; readonly key: string },
  finding: Pick<Finding, "fact" | "fix">,
): readonly Finding[] {
  const value = settingOf(subject, setting.configMap, setting.key);
  return value !== undefined && isOn(value) ? [{ path: dataPath(setting.key), value, ...finding }] : [];
}
