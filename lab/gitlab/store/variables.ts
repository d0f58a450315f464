import type { Identified } from "./table";

/** A CI/CD variable of a group or a project. Fields as in GitLab's API. */
export interface Variable extends Identified {
  readonly source_type: "group" | "project";
  readonly source_id: number;
  readonly key: string;
  readonly value: string;
  readonly variable_type: "env_var" | "file";
  /** For pipelines of protected branches and tags alone. */
  readonly protected: boolean;
  readonly masked: boolean;
  /** Its value is never told again. */
  readonly hidden: boolean;
  /** Other variables in the value are not replaced. */
  readonly raw: boolean;
  /** `*`, an environment's name, or one with `*` for any text. */
  readonly environment_scope: string;
  readonly description: string | null;
}
