import type { GitLab } from "../../../lab/gitlab/gitlab";

/** Asks the double of GitLab itself, as its administrator; the answer is not judged. */
export function askGitLab(gitlab: GitLab, method: string, path: string, body?: object): Promise<Response> {
  return fetch(`${gitlab.url}/api/v4/${path}`, {
    method,
    headers: { "private-token": gitlab.rootToken, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
}
