import type { Identified } from "./table";

/** A key and value that administrators attach: https://docs.gitlab.com/api/custom_attributes/ */
export interface CustomAttribute extends Identified {
  readonly source_type: "user" | "group" | "project";
  readonly source_id: number;
  readonly key: string;
  readonly value: string;
}
