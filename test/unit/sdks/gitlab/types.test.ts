import * as gitlab from "@pulumi/gitlab";
import type * as pulumi from "@pulumi/pulumi";
import { describe, expectTypeOf, it } from "vitest";

/* What `npm run types` judges: a wrong type does not compile. */

type Text = pulumi.Input<string>;

describe("the types of @pulumi/gitlab", () => {
  it("ask for what is required, and for no more", () => {
    expectTypeOf<{ path: Text }>().toExtend<gitlab.GroupArgs>();
    expectTypeOf<{ name: Text }>().not.toExtend<gitlab.GroupArgs>();
    expectTypeOf<{ group: Text; scopes: string[] }>().toExtend<gitlab.GroupDeployTokenArgs>();
    expectTypeOf<{ group: Text }>().not.toExtend<gitlab.GroupDeployTokenArgs>();
    expectTypeOf<object>().toExtend<gitlab.ProjectArgs>();
    expectTypeOf<gitlab.GroupCustomAttributeArgs>().toEqualTypeOf<{
      group: pulumi.Input<number>;
      key: Text;
      value: Text;
    }>();
  });

  it("say which outputs always hold a value", () => {
    expectTypeOf<gitlab.Group["fullPath"]>().toEqualTypeOf<pulumi.Output<string>>();
    expectTypeOf<gitlab.Group["description"]>().toEqualTypeOf<pulumi.Output<string | undefined>>();
    expectTypeOf<gitlab.Group["parentId"]>().toEqualTypeOf<pulumi.Output<number>>();
    expectTypeOf<gitlab.GroupDeployToken["scopes"]>().toEqualTypeOf<pulumi.Output<string[]>>();
    expectTypeOf<gitlab.ProjectHook["token"]>().toEqualTypeOf<pulumi.Output<string>>();
  });

  it("have object types for arguments and for values", () => {
    type Header = gitlab.types.input.ProjectHookCustomHeader;
    expectTypeOf<Header>().toEqualTypeOf<{ key: Text; value: Text }>();
    expectTypeOf<gitlab.types.output.ProjectHookCustomHeader>().toEqualTypeOf<{ key: string; value: string }>();
    expectTypeOf<NonNullable<gitlab.ProjectHookArgs["customHeaders"]>>().toEqualTypeOf<
      pulumi.Input<pulumi.Input<Header>[]>
    >();
    expectTypeOf<gitlab.BranchProtection["allowedToPushes"]>().toEqualTypeOf<
      pulumi.Output<gitlab.types.output.BranchProtectionAllowedToPush[]>
    >();
  });

  it("let a state be any part of a resource", () => {
    expectTypeOf<object>().toExtend<gitlab.GroupState>();
    expectTypeOf<gitlab.GroupState>().toHaveProperty("runnersToken");
    expectTypeOf<gitlab.GroupArgs>().not.toHaveProperty("runnersToken");
    expectTypeOf(gitlab.Group.get).parameters.toEqualTypeOf<
      [name: string, id: pulumi.Input<pulumi.ID>, state?: gitlab.GroupState, opts?: pulumi.CustomResourceOptions]
    >();
  });

  it("have a provider whose arguments are of the config's types", () => {
    expectTypeOf<NonNullable<gitlab.ProviderArgs["retries"]>>().toEqualTypeOf<pulumi.Input<number>>();
    expectTypeOf<NonNullable<gitlab.ProviderArgs["headers"]>>().toEqualTypeOf<
      pulumi.Input<{ [key: string]: pulumi.Input<string> }>
    >();
    expectTypeOf(gitlab.config.token).toEqualTypeOf<string | undefined>();
    expectTypeOf(gitlab.config.insecure).toEqualTypeOf<boolean | undefined>();
  });
});
