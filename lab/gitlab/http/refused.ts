import { CommitRefused } from "../git/file-actions";
import { invalid } from "./errors";

/** Does something in a repository; what cannot be done as asked is answered by 400 and GitLab's words. */
export async function orBadRequest<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CommitRefused) throw invalid(error.message);
    throw error;
  }
}
