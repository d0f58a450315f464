// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";

const stack = new pulumi.Config("gitlab");

/** The stack's config of the package, read when it is asked for. */
export const config = {
  get baseUrl(): string | undefined {
    return stack.get("baseUrl");
  },
  get cacertFile(): string | undefined {
    return stack.get("cacertFile");
  },
  get clientCert(): string | undefined {
    return stack.get("clientCert");
  },
  get clientKey(): string | undefined {
    return stack.get("clientKey");
  },
  get configFile(): string | undefined {
    return stack.get("configFile");
  },
  get context(): string | undefined {
    return stack.get("context");
  },
  get earlyAuthCheck(): boolean | undefined {
    return stack.getObject<boolean>("earlyAuthCheck");
  },
  get enableAutoCiSupport(): boolean | undefined {
    return stack.getObject<boolean>("enableAutoCiSupport");
  },
  get headers(): { [key: string]: string } | undefined {
    return stack.getObject<{ [key: string]: string }>("headers");
  },
  get insecure(): boolean | undefined {
    return stack.getObject<boolean>("insecure");
  },
  get retries(): number | undefined {
    return stack.getObject<number>("retries");
  },
  get token(): string | undefined {
    return stack.get("token");
  },
};
