import type { Rule } from "./rule";
import { annotationNoCredentials } from "./rules/annotation-no-credentials";
import { applicationDifferencesNarrow } from "./rules/application-differences-narrow";
import { applicationFinalizer } from "./rules/application-finalizer";
import { applicationNoCredentials } from "./rules/application-no-credentials";
import { applicationProject } from "./rules/application-project";
import { applicationPruneNotEmpty } from "./rules/application-prune-not-empty";
import { applicationRevisionPinned } from "./rules/application-revision-pinned";
import { applicationSyncOptions } from "./rules/application-sync-options";
import { applicationSetGeneratorsTrusted } from "./rules/applicationset-generators-trusted";
import { applicationSetProjectFixed } from "./rules/applicationset-project-fixed";
import { appProjectDeniesRbac } from "./rules/appproject-denies-rbac";
import { appProjectDestinationReserved } from "./rules/appproject-destination-reserved";
import { appProjectDestinations } from "./rules/appproject-destinations";
import { appProjectKindsMatch } from "./rules/appproject-kinds-match";
import { appProjectNoClusterKinds } from "./rules/appproject-no-cluster-kinds";
import { appProjectNotDefault } from "./rules/appproject-not-default";
import { appProjectOrphansWatched } from "./rules/appproject-orphans-watched";
import { appProjectRolePolicies } from "./rules/appproject-role-policies";
import { appProjectSourceNamespaces } from "./rules/appproject-source-namespaces";
import { appProjectSourceRepos } from "./rules/appproject-source-repos";
import { appProjectTokensExpire } from "./rules/appproject-tokens-expire";
import { argocdCmAdminDisabled } from "./rules/argocd-cm-admin-disabled";
import { argocdCmAnonymousOff } from "./rules/argocd-cm-anonymous-off";
import { argocdCmExecOff } from "./rules/argocd-cm-exec-off";
import { argocdCmLogIn } from "./rules/argocd-cm-log-in";
import { argocdCmNoCredentials } from "./rules/argocd-cm-no-credentials";
import { argocdCmOidcTlsVerified } from "./rules/argocd-cm-oidc-tls-verified";
import { argocdRbacDefaultNotAdmin } from "./rules/argocd-rbac-default-not-admin";
import { argocdServerTls } from "./rules/argocd-server-tls";
import { argocdVersionPatched } from "./rules/argocd-version-patched";
import { argocdWebhookSecret } from "./rules/argocd-webhook-secret";
import { corefileNoLoop } from "./rules/corefile-no-loop";
import { corefileProbes } from "./rules/corefile-probes";
import { corefileReload } from "./rules/corefile-reload";
import { corefileTwoUpstreams } from "./rules/corefile-two-upstreams";
import { corefileValid } from "./rules/corefile-valid";
import { gitlabBranchNoForcePush } from "./rules/gitlab-branch-no-force-push";
import { gitlabHookAuthenticated } from "./rules/gitlab-hook-authenticated";
import { gitlabNotPublic } from "./rules/gitlab-not-public";
import { gitlabTokenExpires } from "./rules/gitlab-token-expires";
import { gitlabVariableMasked } from "./rules/gitlab-variable-masked";
import { imageByDigest } from "./rules/image-by-digest";
import { imageNotLatest } from "./rules/image-not-latest";
import { namespaceDefaultDeny } from "./rules/namespace-default-deny";
import { namespaceLimits } from "./rules/namespace-limits";
import { namespacePodSecurity } from "./rules/namespace-pod-security";
import { namespaceQuota } from "./rules/namespace-quota";
import { productionProtected } from "./rules/production-protected";
import { repositoryHostKeyKnown } from "./rules/repository-host-key-known";
import { repositoryHostNotIp } from "./rules/repository-host-not-ip";
import { repositoryTlsVerified } from "./rules/repository-tls-verified";
import { repositoryUrlEncrypted } from "./rules/repository-url-encrypted";
import { repositoryUrlNoUserInfo } from "./rules/repository-url-no-user-info";
import { secretDataIsSecret } from "./rules/secret-data-is-secret";

/** The policy pack: every rule, by what it is about. `pack.ts` hands them to the engine. */
export const rules: readonly Rule[] = [
  appProjectNotDefault,
  applicationProject,
  appProjectSourceRepos,
  appProjectSourceNamespaces,
  appProjectDestinations,
  appProjectDestinationReserved,
  appProjectNoClusterKinds,
  appProjectKindsMatch,
  appProjectRolePolicies,
  appProjectTokensExpire,
  appProjectOrphansWatched,
  applicationDifferencesNarrow,
  applicationPruneNotEmpty,
  applicationFinalizer,
  applicationSyncOptions,
  applicationRevisionPinned,
  applicationSetProjectFixed,
  applicationSetGeneratorsTrusted,
  applicationNoCredentials,
  annotationNoCredentials,
  secretDataIsSecret,
  appProjectDeniesRbac,
  argocdCmAdminDisabled,
  argocdCmLogIn,
  argocdCmAnonymousOff,
  argocdCmExecOff,
  argocdCmOidcTlsVerified,
  argocdCmNoCredentials,
  argocdRbacDefaultNotAdmin,
  argocdServerTls,
  argocdVersionPatched,
  argocdWebhookSecret,
  repositoryUrlEncrypted,
  repositoryUrlNoUserInfo,
  repositoryHostNotIp,
  repositoryHostKeyKnown,
  repositoryTlsVerified,
  imageNotLatest,
  imageByDigest,
  productionProtected,
  namespacePodSecurity,
  namespaceDefaultDeny,
  namespaceQuota,
  namespaceLimits,
  corefileValid,
  corefileNoLoop,
  corefileProbes,
  corefileReload,
  corefileTwoUpstreams,
  gitlabNotPublic,
  gitlabBranchNoForcePush,
  gitlabTokenExpires,
  gitlabHookAuthenticated,
  gitlabVariableMasked,
];
