import { describe, expect, it } from "vitest";
import { pulumiFailed } from "../../../../delivery/plan/pulumi-answer";

/** What the Pulumi CLI 3.220 says, by the server it asked: versitygw, or S3 itself where its documentation says so. */
const read = 'error: read ".pulumi/meta.yaml": blob (key ".pulumi/meta.yaml") (code=Unknown): ';
const cases: [what: string, said: string, place: string, fix: string][] = [
  [
    "a secret that is not the key's",
    `${read}SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided.`,
    "environment: AWS_SECRET_ACCESS_KEY",
    "set the variable anew",
  ],
  [
    "a key that S3 does not know",
    `${read}InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records.`,
    "environment: AWS_ACCESS_KEY_ID",
    "set the key of the server",
  ],
  ["a session that is over", `${read}ExpiredToken: The provided token has expired.`, "AWS_SESSION_TOKEN", "again"],
  ["a key that may not", `${read}AccessDenied: Access Denied`, "AWS_ACCESS_KEY_ID", "let the key's policy allow it"],
  [
    "no key",
    `${read}NoCredentialProviders: no valid providers in chain. Deprecated.`,
    "AWS_ACCESS_KEY_ID",
    "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
  ],
  [
    "no bucket",
    "error: error listing stacks: could not list bucket: blob (code=NotFound): NoSuchBucket: The specified bucket does not exist.",
    "PULUMI_BACKEND_URL",
    "make the bucket",
  ],
  ["no region", `${read}MissingRegion: could not find region configuration`, "PULUMI_BACKEND_URL", "region=<region>"],
  [
    "https to a server without TLS",
    `${read}RequestError: send request failed\ncaused by: Get "https://127.0.0.1:7070/x": http: server gave HTTP response to HTTPS client`,
    "PULUMI_BACKEND_URL",
    "endpoint=http://<host>",
  ],
  [
    "an authority of the company's own",
    `${read}RequestError: send request failed\ncaused by: Get "https://s3.acme.example/x": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    "PULUMI_BACKEND_URL",
    "SSL_CERT_FILE",
  ],
  [
    "a host that does not answer",
    `${read}RequestError: send request failed\ncaused by: Get "http://127.0.0.1:7071/x": dial tcp 127.0.0.1:7071: connect: connection refused`,
    "PULUMI_BACKEND_URL",
    "resolves and reaches",
  ],
  [
    "no backend at all",
    "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
    "PULUMI_BACKEND_URL",
    "set the address of the backend",
  ],
  [
    "another stack's passphrase",
    "error: getting stack configuration: get stack secrets manager: incorrect passphrase",
    "PULUMI_CONFIG_PASSPHRASE",
    "set that of this stack",
  ],
  [
    "no passphrase",
    "error: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
    "PULUMI_CONFIG_PASSPHRASE",
    "set it",
  ],
  ["a stack that is not there", "error: no stack named 'staging' found", "pulumi", "pulumi stack init"],
  [
    "a lock",
    "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.",
    "pulumi",
    "pulumi cancel --stack",
  ],
];

describe("A failure of Pulumi", () => {
  it.each(cases)("names what to mend after %s, and repeats what was said", (_what, said, place, fix) => {
    const { message } = pulumiFailed("read the stack's state", said);
    const [first = "", found = "", ...rest] = message.split("\n");
    expect(first).toContain(`${place}: Pulumi could not read the stack's state: `);
    expect(found).toBe(`  found:   ${(said.split("\n")[0] ?? "").replace("error: ", "")}`);
    expect(rest.at(-1)).toMatch(/^ {2}fix: {5}/);
    expect(rest.at(-1)).toContain(fix);
  });

  it("that is not known is told in Pulumi's words", () => {
    expect(pulumiFailed("preview the stack dev", "error: something new").message).toBe(
      [
        "error: pulumi: Pulumi could not preview the stack dev",
        "  found:   something new",
        "  fix:     see what it says; the backend, its log-in and the secrets provider come by the environment (docs/backends.md)",
      ].join("\n"),
    );
  });
});
