import { maskingFault } from "./masking";
import { parseGitUrl } from "./git-url";
import type { MirrorSource } from "./gitlab";
import type { Path, Report } from "./report";
import { resolveLogin } from "./resolve-secrets";
import type { GitLabContext } from "./resolve-gitlab-project";
import type { StackConfig } from "./schema/stack";

/**
 * Where a copy comes from and how the mirror reads it. Only the stack that declares the mirror needs the credentials;
 * the others know no more than that there is a source.
 */
export function resolveMirrorSource(
  input: { readonly url: string; readonly credentials?: string | undefined } | undefined,
  { owner, stack }: Pick<GitLabContext, "owner" | "stack">,
  path: Path,
  report: Report,
): MirrorSource | undefined {
  if (input === undefined) return undefined;
  const { url, credentials } = input;
  if (!owner) return { url };
  const certificate = certificateOf(url, stack);
  const source = { url, ...(certificate !== undefined && { certificate }) };
  if (credentials === undefined) return source;
  const place = [...path, "credentials"];
  const login = resolveLogin(credentials, stack.secrets ?? {}, place, report);
  if (login === undefined) return source;
  const fault = login.password.isKnown ? maskingFault(login.password.reveal()) : undefined;
  if (fault !== undefined) report.error(place, fault);
  if (url.startsWith("http:")) {
    report.warning([...path, "url"], {
      message: "the credentials go over the network unencrypted",
      value: url,
      allowed: "https",
      fix: "use https",
    });
  }
  return { ...source, login };
}

/** The certificate that Argo CD is told of the host of a URL. */
export function certificateOf(url: string, { argocd }: Pick<StackConfig, "argocd">): string | undefined {
  const host = parseGitUrl(url)?.host;
  const known = argocd?.tlsCertificates ?? {};
  return host !== undefined && Object.hasOwn(known, host) ? known[host] : undefined;
}
