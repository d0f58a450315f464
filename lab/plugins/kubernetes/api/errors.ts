/** One faulty field of a request, as the API server names it. */
export interface ApiCause {
  /** What kind of fault: `FieldValueRequired`, `FieldValueInvalid`, `FieldManagerConflict`… */
  readonly reason: string;
  readonly message: string;
  /** The field's path, such as `spec.template.spec.containers[0].name`; empty when it is about the whole object. */
  readonly field: string;
}

/**
 * A request that the API server refused. The message is the server's own, which names object, field and cause.
 * Source of the fields: the kind `Status` of k8s.io/apimachinery.
 */
export class ApiError extends Error {
  constructor(
    /** The HTTP status. */
    readonly status: number,
    /** The machine-readable reason: `NotFound`, `AlreadyExists`, `Conflict`, `Invalid`, `Forbidden`… */
    readonly reason: string,
    message: string,
    readonly causes: readonly ApiCause[] = [],
    /** The resource (plural) that the refusal is about: `namespaces` when an object's namespace is missing. */
    readonly about = "",
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** The API server knows no such kind: usually its CustomResourceDefinition is not there (yet). */
export class NoSuchKind extends Error {
  constructor(
    readonly apiVersion: string,
    readonly kind: string,
  ) {
    super(`the cluster knows no kind "${kind}" in version "${apiVersion}"`);
    this.name = "NoSuchKind";
  }
}

/** The API server did not answer at all: refused connection, unknown host, timeout, bad certificate. */
export class Unreachable extends Error {
  constructor(server: string, cause: unknown) {
    super(
      `cannot reach the Kubernetes API server ${server}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
    this.name = "Unreachable";
  }
}

export function isNotFound(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 404;
}

export function isAlreadyExists(error: unknown): error is ApiError {
  return error instanceof ApiError && error.reason === "AlreadyExists";
}

/** Whether an object of that name is on its way out and blocks the new one for a moment. */
export function isBeingDeleted(error: unknown): boolean {
  return isAlreadyExists(error) && error.message.includes("object is being deleted");
}

export function isConflict(error: unknown): error is ApiError {
  return error instanceof ApiError && error.reason === "Conflict";
}

export function isForbidden(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 403;
}

/** Whether the object could not be created because its namespace is not there. */
export function isNamespaceMissing(error: unknown): boolean {
  return isNotFound(error) && error.about === "namespaces";
}

/** Whether the server refused to change a field that cannot change: only a new object can have the new value. */
export function isImmutableField(error: unknown): boolean {
  return error instanceof ApiError && error.reason === "Invalid" && error.message.includes("field is immutable");
}

interface StatusBody {
  readonly kind?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly details?: { readonly kind?: string; readonly causes?: readonly Partial<ApiCause>[] };
}

/** The error that an HTTP answer stands for; `body` may be a `Status` object, other JSON or plain text. */
export function apiError(status: number, body: string): ApiError {
  const parsed = parseStatus(body);
  const causes = (parsed.details?.causes ?? []).map(({ reason = "", message = "", field = "" }) => ({
    reason,
    message,
    field,
  }));
  const message = parsed.message ?? (body.trim() === "" ? `HTTP status ${status}` : body.trim().slice(0, 500));
  return new ApiError(status, parsed.reason ?? "", message, causes, parsed.details?.kind ?? "");
}

function parseStatus(body: string): StatusBody {
  try {
    const parsed = JSON.parse(body) as StatusBody | null;
    return parsed !== null && typeof parsed === "object" && parsed.kind === "Status" ? parsed : {};
  } catch {
    return {};
  }
}
