import { isIP } from "node:net";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls, type PeerCertificate } from "node:tls";

export interface Endpoint {
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** What a certificate says of its time. */
export interface Validity {
  readonly from: Date;
  readonly to: Date;
}

/** How a TLS server was found. */
export interface TlsFacts {
  /** The system's or OpenSSL's code of what is wrong: `ECONNREFUSED`, `CERT_HAS_EXPIRED`; absent when all is well. */
  readonly problem?: string;
  /** Absent when there was no handshake. */
  readonly validity?: Validity;
}

export interface TlsOptions {
  /** PEM of the authorities that are trusted. @default those that Node trusts */
  readonly ca?: string;
  /** The name that the certificate must be for. @default the host */
  readonly servername?: string;
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 4_000;

/** Connects by TCP and gives back the system's code of what failed, or nothing. */
export function probeTcp({ host, port }: Endpoint, timeoutMs = defaultTimeoutMs): Promise<string | undefined> {
  const socket = connectTcp({ host, port });
  return outcomeOf(socket, "connect", timeoutMs);
}

/** Shakes hands, judges the certificate and hangs up; a bad certificate is looked at all the same. */
export async function probeTls(
  { host, port }: Endpoint,
  { ca, servername = host, timeoutMs = defaultTimeoutMs }: TlsOptions = {},
): Promise<TlsFacts> {
  const socket = connectTls({
    host,
    port,
    rejectUnauthorized: false,
    ...(ca !== undefined && { ca }),
    // SNI takes no addresses.
    ...(isIP(servername) === 0 && { servername }),
  });
  let facts: TlsFacts = {};
  socket.once("secureConnect", () => {
    const error = socket.authorizationError as unknown;
    const problem = error instanceof Error ? codeOf(error) : (error as string | undefined | null);
    const validity = validityOf(socket.getPeerCertificate());
    facts = { ...(problem && { problem }), ...(validity && { validity }) };
  });
  const failure = await outcomeOf(socket, "secureConnect", timeoutMs);
  return failure === undefined ? facts : { problem: failure };
}

function outcomeOf(
  socket: Socket,
  success: "connect" | "secureConnect",
  timeoutMs: number,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    // The socket's own timeout is of silence, and looking a name up is not counted.
    const timer = setTimeout(() => {
      end("ETIMEDOUT");
    }, timeoutMs);
    const end = (code?: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(code);
    };
    socket.once(success, () => {
      end();
    });
    socket.on("error", (error) => {
      end(codeOf(error));
    });
  });
}

export function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return error instanceof Error ? error.message : String(error);
}

function validityOf({ valid_from: from, valid_to: to }: PeerCertificate): Validity | undefined {
  // Without a certificate the object is empty, whatever its type says.
  return (to as string | undefined) === undefined ? undefined : { from: new Date(from), to: new Date(to) };
}
