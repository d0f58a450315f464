import { PolicyPack } from "@pulumi/policy";
import { dirname } from "node:path";
import { UserError } from "../model/problem";
import { enginePolicies } from "./engine-policies";
import { rules } from "./index";
import { engineSettings } from "./stack-settings";

/** What the engine runs beside the program: all rules, as the stack sets them. A mistake there is told, and ends it. */
try {
  const settings = engineSettings(dirname(__dirname), process.env, rules);
  new PolicyPack("gitops-factory", { policies: enginePolicies(rules, settings) });
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
