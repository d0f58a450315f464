import type { Finding } from "./report";

/**
 * Why GitLab cannot keep a text out of job logs; absent when it can. The text is never repeated.
 * https://docs.gitlab.com/ci/variables/#mask-a-cicd-variable
 */
export function maskingFault(text: string): Finding | undefined {
  if (/^\S{8,}$/.test(text)) return undefined;
  return {
    message:
      text.length < 8
        ? "the secret has fewer than 8 characters, so that GitLab cannot keep it out of job logs"
        : "the secret has a space or a line break, so that GitLab cannot keep it out of job logs",
    allowed: "a text of one line, of 8 characters or more, without spaces",
    fix: "use another secret, or for a CI/CD variable masked: false or file: true",
  };
}
