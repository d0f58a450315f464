import type * as pulumi from "@pulumi/pulumi";

/** Owns the fields of the objects that are wholly ours; patches of what others own have managers of their own. */
export const FIELD_MANAGER = "gitops-factory-platform";

const ANNOTATION = "pulumi.com/patchFieldManager";
const FORCE = "pulumi.com/patchForce";

/**
 * Has every Kubernetes object that is declared beneath a component owned by the same field manager, a fixed one. The
 * provider would make up another for each resource and keep it in the state only: after an update that was killed
 * before it saved its state, or with the state lost, the next one would adopt the objects under a new name, and the
 * old one would own their fields for ever, so that each later change of them ended in a conflict.
 */
export const fixedFieldManager: pulumi.ResourceTransformation = ({ type, props, opts }) => {
  const object = props as { readonly metadata?: Metadata };
  if (!type.startsWith("kubernetes:") || object.metadata === undefined) return undefined;
  // Whoever forces shares its object with others, and has chosen a manager or needs none.
  if (object.metadata.annotations?.[FORCE] !== undefined) return undefined;
  const annotations = { ...object.metadata.annotations, [ANNOTATION]: FIELD_MANAGER };
  return { props: { ...object, metadata: { ...object.metadata, annotations } }, opts };
};

/**
 * The annotations of an object that takes its fields over from whoever has them: it is shared with others.
 * @param manager owns the fields, also after a lost state @default one that the provider makes up
 */
export function takingOver(manager?: string): Record<string, string> {
  return { [FORCE]: "true", ...(manager !== undefined && { [ANNOTATION]: manager }) };
}

/** As all components write it: none of it but the values is known later only. */
interface Metadata {
  readonly annotations?: Readonly<Record<string, pulumi.Input<string>>>;
}
