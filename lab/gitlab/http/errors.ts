/** An answer that is no success: thrown anywhere below a route, sent by the server. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    /** GitLab has three shapes: `{message: "…"}`, `{message: {field: ["…"]}}` and `{error: "…"}`; seldom mere text. */
    readonly body: Readonly<Record<string, unknown>> | string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${String(status)} ${JSON.stringify(body)}`);
    this.name = "ApiError";
  }
}

/** `404 Project Not Found`; without a name `404 Not Found`. */
export function notFound(what?: string): ApiError {
  return new ApiError(404, { message: what === undefined ? "404 Not Found" : `404 ${what} Not Found` });
}

/** What GitLab answers where the record that a route names is not in its table: with a small letter. */
export function recordNotFound(): ApiError {
  return new ApiError(404, { message: "404 Not found" });
}

export function unauthorized(): ApiError {
  return new ApiError(401, { message: "401 Unauthorized" });
}

/** `403 Forbidden`, or with GitLab's reason `403 Forbidden - reason`. */
export function forbidden(reason?: string): ApiError {
  return new ApiError(403, { message: reason === undefined ? "403 Forbidden" : `403 Forbidden - ${reason}` });
}

/** The parameters are wrong by themselves: grape's `name is missing`, several joined by commas. */
export function badParameters(error: string): ApiError {
  return new ApiError(400, { error });
}

/** `400 Bad request - reason` */
export function badRequest(reason: string): ApiError {
  return new ApiError(400, { message: `400 Bad request - ${reason}` });
}

/** The model refuses: `{message: {path: ["has already been taken"]}}`; or a sentence. */
export function invalid(message: Readonly<Record<string, readonly string[]>> | string, status = 400): ApiError {
  return new ApiError(status, { message });
}

export function conflict(message: string): ApiError {
  return new ApiError(409, { message });
}
