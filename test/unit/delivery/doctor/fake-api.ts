import type { Answer, ClusterApi } from "../../../../delivery/cluster/cluster-api";

/** Answers by path; what it was not told of, it does not have. */
export function fakeApi(answers: Readonly<Record<string, object | number>>): ClusterApi {
  const answer = (path: string): Promise<Answer> => {
    const known = answers[path] ?? 404;
    return Promise.resolve(
      typeof known === "number"
        ? { status: known, body: { message: `status ${String(known)}` } }
        : { status: 200, body: known },
    );
  };
  return {
    get: answer,
    post: () => Promise.reject(new Error("this API is only read")),
  };
}
