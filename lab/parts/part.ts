import type { ApiClient } from "../control-plane";
import type { Layout } from "../layout";
import type { LabNetwork } from "../network/lab-network";
import type { Stages } from "../process";
import type { LabSettings } from "../settings";
import type { Progress, ToolName } from "../toolchain";
import type { DebianProgram } from "../toolchain/debian-packages";

/** What can stand on a lab's control plane: the servers that act out what the program declares. */
export const partNames = ["dns", "dnsmasq", "consul", "git", "gitlab", "identity", "argocd"] as const;
export type PartName = (typeof partNames)[number];

/** What a part finds of the lab that it becomes a part of. */
export interface PartContext {
  readonly layout: Layout;
  readonly settings: LabSettings;
  readonly network: LabNetwork;
  /** Speaks to the API server as its administrator. */
  readonly api: ApiClient;
  /** The file with the API server's authority, PEM. */
  readonly clusterCa: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** The path of a program of the toolchain that the part has named in its `tools`. */
  readonly tool: (name: ToolName) => string;
  /** The path of a Debian program that the part has named in its `programs`. */
  readonly program: (name: DebianProgram) => string;
}

export interface Part {
  readonly name: PartName;
  /** Parts that have to be started before it. @default none */
  readonly needs?: readonly PartName[];
  readonly tools: readonly ToolName[];
  /** Programs of Debian's packages. */
  readonly programs: readonly DebianProgram[];
  /** Writes its files and says what runs. Called again with a changed cluster, it says what should run now. */
  prepare(context: PartContext): Promise<Stages>;
  /** What people and tests may want to know of it once it runs. @default nothing */
  describe?(context: PartContext): readonly PartAddress[];
}

/** Where a part is reached, and how one gets in. */
export interface PartAddress {
  readonly what: string;
  readonly address: string;
  /** A log-in of the lab; it is no secret, as it opens nothing else. */
  readonly login?: string;
}
