/** Argo CD's web server: what the stack's config has as `argocd.oidc`. */
export const argocdClient = { id: "argocd", secret: "argocd-of-the-lab" } as const;

/** The command `argocd login --sso`, which can keep no secret and proves itself by PKCE. */
export const argocdCliClient = { id: "argocd-cli" } as const;

/** Where `argocd login --sso` listens by default. */
const cliRedirects = ["http://localhost:8085/auth/callback", "http://127.0.0.1:8085/auth/callback"];

/** @param argocdHosts where people reach Argo CD's web server */
export function clients(argocdHosts: readonly string[]): readonly object[] {
  const redirects = argocdHosts.flatMap((host) =>
    ["https", "http"].map((scheme) => `${scheme}://${host}/auth/callback`),
  );
  return [
    {
      client_id: argocdClient.id,
      client_secret: argocdClient.secret,
      redirect_uris: redirects,
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
    {
      client_id: argocdCliClient.id,
      // Not "native", which would ask for consent at each login.
      application_type: "web",
      token_endpoint_auth_method: "none",
      redirect_uris: cliRedirects,
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ];
}
