/** What a request wants of a repository, before git sees it. */
export interface GitKnock {
  /** As the client names it, without slashes around it and without `.git`; absent when it can be no repository's. */
  readonly path: string | undefined;
  readonly need: "read" | "write";
  /** By HTTP Basic; absent for somebody who has not said who they are. */
  readonly login?: { readonly user: string; readonly password: string };
}

/** Who may do what with which repository; each server has its own. */
export type GitGate = (knock: GitKnock) => Admission;

export type Admission =
  | Admitted
  /** 401: nobody is known by that login, or there is none. */
  | { readonly verdict: "log in"; readonly text?: string }
  /** 404: there is no such repository, or it is not for them to see. */
  | { readonly verdict: "not found"; readonly text?: string }
  /** 403: what they may see and not do so. */
  | { readonly verdict: "read only"; readonly text?: string };

export interface Admitted {
  readonly verdict: "allowed";
  /** The repository's folder below that of all repositories: `acme/shop.git`. */
  readonly folder: string;
  /** The path that the repository is known by: `acme/shop`. */
  readonly path: string;
  /** Hooks find it in REMOTE_USER. */
  readonly user?: string;
  /** What hooks find in their environment beside it. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called when git has ended and before the client is told so, whether it went well or not. Must not throw. */
  readonly ended?: () => void | Promise<void>;
}
