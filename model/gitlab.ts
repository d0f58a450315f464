import type { SecretText } from "./secret";
import type { TokenLifetime, TokenWindow } from "./token-window";

/** The platform's GitLab, as one environment sees it. */
export interface GitLab {
  /** Without a slash at its end: `https://gitlab.acme.example`. */
  readonly url: string;
  /** Has the scope `api`. */
  readonly token: SecretText;
  readonly certificateAuthority?: CertificateFile;
  /** PEM certificate by which the mirror's jobs trust GitLab: that of the file, else what Argo CD is told of the host. */
  readonly certificate?: string;
  /**
   * Whether this stack declares what all environments share. The others only add what is their environment's own:
   * tokens for their Argo CD, and hooks to it. @default false
   */
  readonly owner: boolean;
  /** An existing group below which those of organisations are. @default the top level */
  readonly parentGroup?: { readonly path: string; readonly id: number };
  /** @default "private" */
  readonly visibility: "private" | "internal" | "public";
  /** Where GitLab tells of each push; absent for nowhere. */
  readonly webhook?: { readonly url: string; readonly verifyTls: boolean };
  /** Whether what is deleted goes at once, instead of after the days for which GitLab keeps it. @default false */
  readonly permanently: boolean;
  /** The tokens by which the mirror writes: GitLab makes a successor when an update comes in its last days. */
  readonly mirrorTokens: TokenLifetime;
  /** The tokens by which this environment's Argo CD reads. */
  readonly argocdTokens: TokenWindow;
  /** The groups of the organisations of `projects`, sorted by name; none where this stack is not the owner. */
  readonly organisations: readonly GitLabGroup[];
  /** All projects of the catalogue that have something on GitLab, else those of this environment; in its order. */
  readonly projects: readonly GitLabProject[];
}

/** A certificate that the GitLab provider reads from a file. */
export interface CertificateFile {
  /** Relative to the project's folder. */
  readonly path: string;
  readonly pem: string;
}

export interface GitLabGroup {
  /** The last step of the path. */
  readonly name: string;
  /** The full path: `acme`, or `platform/acme` below a parent group. */
  readonly path: string;
  /** Whether it exists and is taken over. */
  readonly adopt: boolean;
}

/** What one project of the catalogue has on GitLab. */
export interface GitLabProject {
  /** The catalogue file. */
  readonly file: string;
  readonly organisation: string;
  readonly name: string;
  readonly description?: string;
  /** `acme/shop` */
  readonly group: GitLabGroup;
  /** Whether the project has this stack's environment, so that Argo CD here reads its repositories. */
  readonly deployed: boolean;
  readonly members: readonly GitLabMember[];
  /** Custom attributes of the group. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly repositories: readonly GitLabRepository[];
  /** The repository `mirror`; absent where nothing is to be mirrored. */
  readonly mirror?: GitLabMirror;
}

export interface GitLabMember {
  readonly user: string;
  readonly id: number;
  readonly accessLevel: "guest" | "planner" | "reporter" | "developer" | "maintainer" | "owner";
}

export interface GitLabRepository {
  readonly name: string;
  /** The full path: `acme/shop/deploy`. */
  readonly path: string;
  /** The URL that Git takes. */
  readonly url: string;
  /** `infra`: Argo CD deploys it. `app`: it holds the application's source. */
  readonly kind: "infra" | "app";
  readonly adopt: boolean;
  /** The external repository that it is a copy of. */
  readonly source?: MirrorSource;
  /** The file of its pipeline. @default GitLab's own: .gitlab-ci.yml */
  readonly ciFile?: string;
  readonly protection: BranchProtection;
  readonly variables: readonly GitLabVariable[];
}

/** Who may change the protected branch. */
export interface BranchProtection {
  /** @default "main" */
  readonly branch: string;
  readonly push: "no one" | "developer" | "maintainer";
  readonly merge: "no one" | "developer" | "maintainer";
  /** A copy follows its source wherever that goes. @default false */
  readonly allowForcePush: boolean;
}

export interface MirrorSource {
  readonly url: string;
  /** Absent for a public repository. */
  readonly login?: { readonly username: string; readonly password: SecretText };
  /** PEM certificate of the host's private CA, where Argo CD is told of one. */
  readonly certificate?: string;
}

/** The repository `mirror` of a project's group, whose pipeline copies the external repositories. */
export interface GitLabMirror {
  readonly path: string;
  readonly adopt: boolean;
  readonly image?: string;
  readonly runnerTag?: string;
  /** When everything is synchronised; absent for never. */
  readonly schedule?: { readonly cron: string; readonly timeZone: string };
}

/** A CI/CD variable. */
export interface GitLabVariable {
  readonly key: string;
  readonly value: string | SecretText;
  /** Whether job logs hide it. */
  readonly masked: boolean;
  /** Whether only pipelines of protected branches and tags get it. */
  readonly protected: boolean;
  /** Whether jobs get the path of a file that holds it. */
  readonly file: boolean;
}
