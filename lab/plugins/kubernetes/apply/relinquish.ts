import { type KubeClient, refOf } from "../api/client";
import { ApiError, isNotFound } from "../api/errors";
import { refusal } from "../refusals";
import { type KubeObject, apiVersionOf, kindOf, nameOf, namespaceOf } from "../object/object";

/**
 * Gives up all fields that a manager owns, by an apply that names none: what nobody else owns goes away.
 * An object that is gone has nothing to give up. Throws an Error when a required field would go.
 */
export async function relinquish(
  client: KubeClient,
  object: KubeObject,
  fieldManager: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    // An apply would create what is missing.
    await client.get(refOf(object), signal);
    const namespace = namespaceOf(object);
    const metadata = { name: nameOf(object), ...(namespace === "" ? {} : { namespace }) };
    const bare = { apiVersion: apiVersionOf(object), kind: kindOf(object), metadata };
    await client.apply(bare, { fieldManager, dryRun: false, force: false, signal });
  } catch (error) {
    if (isNotFound(error)) return;
    const required = error instanceof ApiError && error.causes.find(({ reason }) => reason === "FieldValueRequired");
    if (required === false || required === undefined) throw error;
    throw refusal(
      `this Patch owns the field "${required.field}", which the object cannot do without: ` +
        `set the option retainOnDelete, or let another manager own the field first`,
      error,
    );
  }
}
