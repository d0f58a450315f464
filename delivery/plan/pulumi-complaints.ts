/** What one of Pulumi's errors means to whoever set the job up. */
export interface Complaint {
  readonly says: RegExp;
  /** The variable at fault; absent where none is. */
  readonly variable?: string;
  readonly message: string;
  readonly fix: string;
}

const KEYS = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
const SCOPE = "a job sees a variable of its environment's scope alone, and a protected one on protected branches alone";
const ENDPOINT = "s3://<bucket>?endpoint=https://<host>&s3ForcePathStyle=true&region=<region>";

/**
 * The first that fits is told. S3's codes are those of https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html,
 * where other servers have words of their own, too; the sentences about keys and regions are those of the AWS SDK for Go,
 * the rest is Pulumi's.
 */
const COMPLAINTS: readonly Complaint[] = [
  {
    says: /stack is currently locked by/,
    message: "another update of the stack runs, or one was cut off and has left its lock",
    fix: "wait where it runs still; where it does not, `pulumi cancel --stack <stack>` with the same backend, then run this again",
  },
  {
    says: /SignatureDoesNotMatch/,
    variable: "AWS_SECRET_ACCESS_KEY",
    message: "the S3 backend knows the key, but this is not its secret",
    fix: "set the variable anew: as it was given out, without a line break, and not expanded (a $ in it)",
  },
  {
    says: /InvalidAccessKeyId|InvalidClientTokenId|XAdminUserNotFound/,
    variable: "AWS_ACCESS_KEY_ID",
    message: "the S3 backend knows no such key",
    fix: "set the key of the server that PULUMI_BACKEND_URL names; it may have been revoked",
  },
  {
    says: /ExpiredToken\b|TokenRefreshRequired/,
    variable: "AWS_SESSION_TOKEN",
    message: "the credentials for the S3 backend have expired",
    fix: "run the job again, so that it gets new ones",
  },
  {
    says: /NoCredentialProviders|failed to refresh cached credentials/,
    variable: "AWS_ACCESS_KEY_ID",
    message: "there is no key for the S3 backend",
    fix: `set ${KEYS}, or give the runner a role; ${SCOPE}`,
  },
  {
    says: /\bAccessDenied\b/,
    variable: "AWS_ACCESS_KEY_ID",
    message: "the S3 backend does not let this key do that",
    fix: "a preview lists and reads the bucket, an update also writes and deletes: let the key's policy allow it (docs/backends.md)",
  },
  {
    says: /NoSuchBucket/,
    variable: "PULUMI_BACKEND_URL",
    message: "the S3 backend has no such bucket",
    fix: "mend the name after s3://, or make the bucket; Pulumi does not make one",
  },
  {
    says: /MissingRegion|AuthorizationHeaderMalformed|BucketRegionError|PermanentRedirect/,
    variable: "PULUMI_BACKEND_URL",
    message: "the region of the S3 backend is missing, or another one than the bucket's",
    fix: `add region=<region> to the address: ${ENDPOINT}`,
  },
  {
    says: /HTTP response to HTTPS client/,
    variable: "PULUMI_BACKEND_URL",
    message: "the S3 backend is asked by https and answers by http",
    fix: `write the scheme of a server without TLS: s3://<bucket>?endpoint=http://<host>&s3ForcePathStyle=true&region=<region>`,
  },
  {
    says: /x509: |tls: failed to verify/,
    variable: "PULUMI_BACKEND_URL",
    message: "the certificate of the backend is not trusted here",
    fix: "let SSL_CERT_FILE name the PEM file of its authority, as a variable of the type File",
  },
  {
    says: /RequestError: send request failed|\bdial tcp\b/,
    variable: "PULUMI_BACKEND_URL",
    message: "the backend cannot be reached",
    fix: `see that this machine resolves and reaches the host, and mend the address: ${ENDPOINT}`,
  },
  {
    says: /PULUMI_ACCESS_TOKEN must be set/,
    variable: "PULUMI_BACKEND_URL",
    message: "Pulumi takes Pulumi Cloud for the backend, and has no token for it",
    fix: `set the address of the backend, or PULUMI_ACCESS_TOKEN for Pulumi Cloud; ${SCOPE}`,
  },
  {
    says: /incorrect passphrase/,
    variable: "PULUMI_CONFIG_PASSPHRASE",
    message: "the passphrase does not open the stack's secrets",
    fix: "set that of this stack; each may have its own, by the scope of the variable",
  },
  {
    says: /passphrase must be set/,
    variable: "PULUMI_CONFIG_PASSPHRASE",
    message: "the stack's secrets are closed by a passphrase, and there is none",
    fix: `set it, or PULUMI_CONFIG_PASSPHRASE_FILE; ${SCOPE}`,
  },
  {
    says: /no stack named/,
    message: "the backend has no such stack",
    fix: "`pulumi stack init <stack>` once, with the same backend; see that PULUMI_BACKEND_URL is the platform's",
  },
];

/** What Pulumi's words mean, where that is known. */
export function knownComplaint(said: string): Complaint | undefined {
  return COMPLAINTS.find(({ says }) => says.test(said));
}
