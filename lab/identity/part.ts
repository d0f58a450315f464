import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { addressOf } from "../network/lab-network";
import { ensureServerCertificate } from "../network/private-ca";
import type { Part, PartAddress, PartContext } from "../parts/part";
import { httpProbe, type Stages } from "../process";
import { nodeProgram } from "../process/node-program";
import { labUsers } from "./users";

/** The company's identity provider: OpenID Connect with groups, by HTTPS of the private authority. */
export const identity: Part = {
  name: "identity",
  tools: [],
  programs: [],
  prepare: (context) => Promise.resolve(prepare(context)),
  describe,
};

function prepare({ layout, network }: PartContext): Stages {
  const address = addressOf(network, "identity");
  const { ca, cert, key } = ensureServerCertificate(layout, "identity", { names: [], addresses: [address] });
  const keys = join(layout.parts, "identity", "keys.json");
  if (!existsSync(keys)) writeKeys(keys);
  const args = [address, cert, key, keys, addressOf(network, "argocdServer")];
  const discovery = `https://${address}/.well-known/openid-configuration`;
  const server = {
    name: "identity",
    ...nodeProgram(join(__dirname, "main.ts"), args),
    log: join(layout.logs, "identity.log"),
    host: address,
    ports: [443],
    ready: (signal: AbortSignal) => httpProbe(discovery, { ca: readFileSync(ca) })(signal),
  };
  return [[server]];
}

/** Kept as long as the lab: a token stays good when the provider is started anew. */
function writeKeys(file: string): void {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const signingKey = { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" };
  const keys = { signingKey, cookieKey: randomBytes(32).toString("base64url") };
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function describe({ network }: PartContext): readonly PartAddress[] {
  const address = `https://${addressOf(network, "identity")}`;
  return Object.entries(labUsers).map(([login, { password, groups }]) => ({
    what: `log-in by OIDC: ${groups.length === 0 ? "no group" : groups.join(", ")}`,
    address,
    login: `${login} / ${password}`,
  }));
}
