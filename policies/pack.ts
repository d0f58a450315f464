import { PolicyPack } from "@pulumi/policy";
import { dirname } from "node:path";
import { UserError } from "../model/problem";
import { enginePolicies } from "./engine-policies";
import { rules } from "./index";
import { stackOfEngine, stackSettings } from "./stack-settings";

try {
  const stack = stackOfEngine(dirname(__dirname), process.env);
  new PolicyPack("gitops-factory", {
    policies: enginePolicies(rules, stackSettings(stack, rules)),
  });
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
