/** What `factory redeploy` was called with. */
export interface RedeployFlags {
  readonly config: string;
  readonly environment?: string;
  readonly commit?: string;
  readonly tag?: string;
  readonly caFile?: string;
  readonly state?: string;
  readonly restart?: true;
  readonly dryRun?: true;
  readonly json?: true;
  /** Milliseconds, as the other times. */
  readonly mirrorTimeout: number;
  readonly buildTimeout: number;
  readonly deployTimeout: number;
  readonly outage: number;
}
