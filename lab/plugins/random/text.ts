import { genSalt, hash } from "bcryptjs";
import { Unknown } from "../rpc";
import { cryptographicDice, picked, shuffled } from "./entropy";
import { type Attribute, type Conflict, integerOf, type Kind, keepers, type Plan, stringOf } from "./kind";

const characters = {
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  lower: "abcdefghijklmnopqrstuvwxyz",
  numeric: "0123456789",
  special: "!@#$%&*()-_=+[]{}<>:?",
} as const;

/** The version of the upstream state, which the bridge records in the outputs. */
const meta = '{"schema_version":"3"}';

const flag: Attribute = { type: "boolean", default: true };
const minimum: Attribute = { type: "integer", default: 0 };
const minima = ["minUpper", "minLower", "minNumeric", "minSpecial"] as const;

const attributes: Kind["attributes"] = {
  keepers,
  length: { type: "integer", required: true, atLeast: 1 },
  upper: flag,
  lower: flag,
  special: flag,
  // These two are one attribute under two names; `complete` sees to it.
  number: { type: "boolean", deprecation: "**NOTE**: This is deprecated, use `numeric` instead." },
  numeric: { type: "boolean" },
  minUpper: minimum,
  minLower: minimum,
  minNumeric: minimum,
  minSpecial: minimum,
  overrideSpecial: {
    type: "string",
    // Upstream once wrote "" for absent; and while the new list is not known, it does not judge.
    keeps: (before, after) => after instanceof Unknown || (before === "" && after === undefined),
  },
};

/** RandomPassword: a secret text and its bcrypt hash. */
export const randomPassword: Kind = {
  attributes,
  computed: ["result", "bcryptHash", "id"],
  secrets: ["result", "bcryptHash"],
  complete: oneNumeric,
  conflicts,
  generate: (plan) => password(plan, randomText(plan)),
  adopt: (id) => password(importedPlan(id), id),
};

/** RandomString: a text that is no secret, and is its own id. */
export const randomString: Kind = {
  attributes,
  computed: ["result", "id"],
  secrets: [],
  complete: oneNumeric,
  conflicts,
  generate: (plan) => string(plan, randomText(plan)),
  adopt: (id) => string(importedPlan(id), id),
};

async function password(plan: Plan, result: string) {
  const bcryptHash = await bcrypt(result);
  return { id: "none", outputs: { ...plan, __meta: meta, id: "none", result, bcryptHash } };
}

function string(plan: Plan, result: string) {
  return { id: result, outputs: { ...plan, __meta: meta, id: result, result } };
}

/** Cost and variant as the official plugin's: `$2a$10$…`. Only the first 72 bytes count, as bcrypt has it. */
async function bcrypt(text: string): Promise<string> {
  const salt = await genSalt(10);
  return hash(text, salt.replace(/^\$2\w\$/, "$2a$"));
}

/** The minima are drawn from their sets also where the set itself is switched off, as upstream does. */
function randomText(plan: Plan): string {
  const special = stringOf(plan, "overrideSpecial") || characters.special;
  const sets = { ...characters, special };
  const required = [
    ...picked([...sets.upper], integerOf(plan, "minUpper"), cryptographicDice),
    ...picked([...sets.lower], integerOf(plan, "minLower"), cryptographicDice),
    ...picked([...sets.numeric], integerOf(plan, "minNumeric"), cryptographicDice),
    ...picked([...sets.special], integerOf(plan, "minSpecial"), cryptographicDice),
  ];
  const allowed = (["upper", "lower", "numeric", "special"] as const).filter((set) => plan[set] === true);
  const alphabet = [...allowed.map((set) => sets[set]).join("")];
  const rest = picked(alphabet, integerOf(plan, "length") - required.length, cryptographicDice);
  return shuffled([...required, ...rest], cryptographicDice).join("");
}

function oneNumeric(plan: Plan): Plan {
  const value = plan["numeric"] ?? plan["number"] ?? true;
  return { ...plan, number: plan["number"] ?? value, numeric: value };
}

function conflicts(inputs: Plan): Conflict[] {
  const found: Conflict[] = [];
  const length = integerOf(inputs, "length");
  const sum = minima.reduce((total, name) => total + integerOf(inputs, name), 0);
  if (length < sum) {
    const names = minima.map((name) => name.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`)).join(" + ");
    const reason = `Attribute length value must be at least sum of ${names}, got: ${length}`;
    found.push({ attribute: "length", reason: `Invalid Attribute Value. ${reason}` });
  }
  const { number, numeric } = inputs;
  if (number !== undefined && numeric !== undefined && number !== numeric) {
    const fact = "Number and numeric are both configured with different values";
    found.push({ attribute: "number", reason: `${fact}. Number is deprecated, use numeric instead` });
  }
  // Only a set that is switched off by hand counts: an absent one is on.
  const flags = [inputs["special"], inputs["upper"], inputs["lower"], numeric ?? number];
  if (flags.every((value) => value === false)) {
    const reason = "At least one attribute out of [special,upper,lower,numeric] must be specified as true";
    found.push({ attribute: "special", reason: `Invalid Attribute Combination. ${reason}` });
  }
  return found;
}

/** What an imported text is taken to have been made with. */
function importedPlan(text: string): Plan {
  const zero = Object.fromEntries(minima.map((name) => [name, 0]));
  const on = { upper: true, lower: true, special: true, number: true, numeric: true };
  return { length: Buffer.byteLength(text), ...on, ...zero };
}
