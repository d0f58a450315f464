import type { Call, PropertyMap, Subject } from "../../rpc";
import type { ReachedCluster } from "../cluster";
import type { Settings } from "../config/settings";
import { annotations } from "../object/annotations";
import { uniqueName } from "../object/naming";
import { type KubeObject, annotationOf, kindOf } from "../object/object";
import { type ResourceType, parseToken } from "../object/gvk";

/** What a step on one resource works with. */
export interface StepContext {
  readonly settings: Settings;
  readonly cluster: ReachedCluster;
  readonly subject: Subject;
  readonly call: Call;
}

/** What the resource's type token stands for. */
export function typeOf(subject: Subject, inputs: PropertyMap): ResourceType {
  return parseToken(subject.type, kindOf(inputs));
}

/** The name under which the resource owns its fields: the annotation's, else the state's, else a new one. */
export function fieldManagerOf(settings: Settings, inputs: KubeObject, inState: string): string {
  if (!settings.serverSideApply) return "pulumi-kubernetes";
  const annotated = annotationOf(inputs, annotations.patchFieldManager);
  if (annotated !== "") return annotated;
  return inState === "" ? uniqueName("pulumi-kubernetes-", new Uint8Array()) : inState;
}
