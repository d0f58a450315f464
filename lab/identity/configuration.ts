import type { Account, Grant, RequestContext } from "oidc-provider";
import { clients } from "./clients";
import { labUsers } from "./users";

export interface ConfigurationArgs {
  readonly argocdHosts: readonly string[];
  /** The private key that signs tokens, as a JSON Web Key. */
  readonly signingKey: object;
  /** Signs cookies. */
  readonly cookieKey: string;
  readonly newGrant: (of: { readonly clientId: string; readonly accountId: string }) => Grant;
}

/** What scopes a client may ask for, and the claims that each brings. */
const claims = {
  openid: ["sub"],
  profile: ["name", "preferred_username"],
  email: ["email", "email_verified"],
  groups: ["groups"],
};

/** As long as a working day lasts: Argo CD takes the ID token for the session. */
const day = 24 * 3600;

/** The settings of the package oidc-provider. */
export function configuration({ argocdHosts, signingKey, cookieKey, newGrant }: ConfigurationArgs): object {
  return {
    clients: clients(argocdHosts),
    jwks: { keys: [signingKey] },
    cookies: { keys: [cookieKey] },
    scopes: Object.keys(claims),
    claims,
    // Argo CD reads groups from the ID token.
    conformIdTokenClaims: false,
    // A client with a secret proves itself by it: Argo CD's web server uses no PKCE unless it is told to.
    pkce: {
      required: (_: unknown, client: { readonly clientAuthMethod: string }) => client.clientAuthMethod === "none",
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => loginPath(uid) },
    ttl: { AccessToken: day, AuthorizationCode: 60, Grant: day, IdToken: day, Interaction: 3600, Session: day },
    findAccount: (_: unknown, login: string) => accountOf(login),
    // The clients are the platform's own: nobody is asked whether they may know who one is.
    loadExistingGrant: (context: RequestContext) => grantWhatIsAsked(context, newGrant),
  };
}

export function loginPath(uid: string): string {
  return `/login/${uid}`;
}

function accountOf(login: string): Account | undefined {
  const user = labUsers[login];
  if (user === undefined) return undefined;
  const { name, email, groups } = user;
  const all = { sub: login, name, preferred_username: login, email, email_verified: true, groups };
  return { accountId: login, claims: () => Promise.resolve(all) };
}

async function grantWhatIsAsked(
  { oidc }: RequestContext,
  newGrant: ConfigurationArgs["newGrant"],
): Promise<Grant | undefined> {
  const [clientId, accountId] = [oidc.client?.clientId, oidc.session?.accountId];
  if (clientId === undefined || accountId === undefined) return undefined;
  const grant = newGrant({ clientId, accountId });
  grant.addOIDCScope([...oidc.requestParamScopes].join(" "));
  await grant.save();
  return grant;
}
