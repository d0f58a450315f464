/** Kubernetes quantities by resource name: `{ cpu: "500m", memory: "256Mi" }`. */
export type Quantities = Readonly<Record<string, string>>;

export interface ResourceRequirements {
  readonly requests?: Quantities;
  readonly limits?: Quantities;
}
