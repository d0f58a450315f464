import { at, listAt, textAt } from "../../../policies/read";
import type { Inputs } from "../../preview/preview";
import { detail, fact, type Fact } from "../facts";
import { say } from "../phrase";
import { isSecretKey } from "../secret-keys";
import { recordAt, scalarAt, textsAt } from "./values";

/** What an Application deploys from where, and when. https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/ */
export function applicationFacts(inputs: Inputs): Fact[] {
  const name = repositoryName(inputs);
  const spec = at(inputs, "spec");
  const only = at(spec, "source");
  const sources = only === undefined ? listAt(spec, "sources") : [only];
  const automated = at(spec, "syncPolicy", "automated");
  return [
    ...fact(say`Application`, textAt(inputs, "metadata", "name")),
    ...sources.flatMap((source, index) => sourceFacts(index === 0 ? name : `${name}[${String(index)}]`, source)),
    ...fact(say`${name} is synchronised`, automated === undefined ? "by hand" : "by Argo CD"),
    ...detail(say`${name} deletes what left Git:`, scalarAt(automated, "prune")),
    ...detail(say`${name} repairs drift:`, scalarAt(automated, "selfHeal")),
    ...detail(say`sync option of ${name}`, textsAt(spec, "syncPolicy", "syncOptions")),
    ...detail(say`difference that ${name} ignores`, textsAt(spec, "ignoreDifferences")),
    ...detail(say`namespace of ${name}`, textAt(spec, "destination", "namespace")),
    ...detail(say`cluster of ${name}`, textAt(spec, "destination", "server") ?? textAt(spec, "destination", "name")),
    ...detail(say`AppProject of ${name}`, textAt(spec, "project")),
  ];
}

/** The name that the catalogue has for it. */
export function repositoryName(inputs: Inputs): string {
  return textAt(inputs, "metadata", "labels", "dso/repository") ?? textAt(inputs, "metadata", "name") ?? "";
}

function sourceFacts(name: string, source: unknown): Fact[] {
  const parameters = listAt(source, "helm", "parameters");
  return [
    ...fact(say`repository of ${name}`, textAt(source, "repoURL")),
    ...fact(say`revision of ${name}`, textAt(source, "targetRevision")),
    ...detail(say`folder of ${name}`, textAt(source, "path")),
    ...fact(say`chart of ${name}`, textAt(source, "chart")),
    ...textsAt(source, "kustomize", "images").flatMap((image) => imageFact(name, image)),
    ...detail(say`value file of ${name}`, textsAt(source, "helm", "valueFiles")),
    ...parameters.flatMap((parameter) => {
      const key = textAt(parameter, "name") ?? "";
      const value = isSecretKey(key) ? "[secret]" : scalarAt(parameter, "value");
      return detail(say`parameter ${key} of ${name}`, value);
    }),
    ...Object.entries(recordAt(source, "helm", "valuesObject")).flatMap(([key, value]) =>
      detail(say`value ${key} of ${name}`, isSecretKey(key) ? "[secret]" : JSON.stringify(value)),
    ),
  ];
}

/** `nginx=harbor.example/nginx:1.29` replaces the image `nginx`; `nginx:1.29` only its tag. */
function imageFact(name: string, image: string): Fact[] {
  const parts = /^([^=@:]+(?::\d+\/[^=@:]+)?)(?:=(.+)|[:@](.+))$/.exec(image);
  if (parts === null) return fact(say`image of ${name}`, image);
  return fact(say`image ${parts[1] ?? ""} of ${name}`, parts[2] ?? parts[3]);
}
