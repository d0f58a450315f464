import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applicationName,
  environmentHash,
  excessLength,
  isReservedNamespace,
  namespaceName,
} from "../../../model/naming";

describe("names", () => {
  it("hash an environment as Cloud π does", () => {
    expect(environmentHash("demo")).toBe("3c58");
  });

  it.each([
    ["acme", "shop", "demo", "acme-shop-demo-3c58"],
    ["a-b", "c", "demo", "a-b-c-demo-3c58"],
  ])("make the namespace of %s, %s and %s", (organisation, project, environment, expected) => {
    expect(namespaceName(organisation, project, environment)).toBe(expected);
  });

  it("put the repository between environment and hash of an Application", () => {
    expect(applicationName("acme", "shop", "demo", "deploy")).toBe("acme-shop-demo-deploy-3c58");
  });

  it("are DNS labels whenever they fit", () => {
    const name = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$/);
    fc.assert(
      fc.property(name, name, fc.stringMatching(/^[a-z0-9]{2,11}$/), (organisation, project, environment) => {
        const namespace = namespaceName(organisation, project, environment);
        fc.pre(excessLength(namespace) === 0);
        expect(namespace).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
      }),
    );
  });

  it("count what is beyond 63 characters", () => {
    expect(excessLength("x".repeat(63))).toBe(0);
    expect(excessLength("x".repeat(70))).toBe(7);
  });

  it("know the namespaces of Kubernetes", () => {
    expect(["default", "kube-system", "kube-x-dev-1234"].map(isReservedNamespace)).toEqual([true, true, true]);
    expect(["default-x-dev-1234", "acme-kube-dev-1234"].map(isReservedNamespace)).toEqual([false, false]);
  });
});
