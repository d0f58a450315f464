import { CONFIG_MAPS, switchedOn } from "../config-map";
import { resourceRule } from "../rule";

export const argocdCmOidcTlsVerified = resourceRule({
  name: "argocd-cm-oidc-tls-verified",
  level: "mandatory",
  description: "Argo CD checks the certificate of the identity provider.",
  reason:
    "Whoever stands between Argo CD and the provider could otherwise say who somebody is, and be an administrator.",
  source:
    "https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/#skipping-certificate-verification-on-oidc-provider-connections",
  types: CONFIG_MAPS,
  check: (subject) =>
    switchedOn(
      subject,
      { configMap: "argocd-cm", key: "oidc.tls.insecure.skip.verify" },
      {
        fact: "the identity provider's certificate is not checked",
        fix: "take oidc.tls.insecure.skip.verify out of argocd.settings, and set argocd.oidc.certificateAuthority",
      },
    ),
});
