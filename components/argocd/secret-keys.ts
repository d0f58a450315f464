/** The keys of `argocd-secret` that the platform sets; Argo CD itself writes others beside them. */

/** The bcrypt hash of the password of the account `admin`. */
export const ADMIN_PASSWORD = "admin.password";

/** What GitLab sends with each webhook to prove itself. */
export const GITLAB_WEBHOOK_SECRET = "webhook.gitlab.secret";

/** The secret of the OIDC client, which `oidc.config` in `argocd-cm` refers to. */
export const OIDC_CLIENT_SECRET = "oidc.clientSecret";
