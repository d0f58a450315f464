import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ProcessIdentity, freePorts, startProcess, stopProcess, tcpProbe } from "../../../lab/process";
import { ensureTools } from "../../../lab/toolchain";

const HOST = "127.0.0.1";
const REGION = "eu-west-3";

/** versitygw: a real server of S3, whose buckets are folders. */
export class S3Server {
  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly process: ProcessIdentity,
    readonly keys: { readonly AWS_ACCESS_KEY_ID: string; readonly AWS_SECRET_ACCESS_KEY: string },
  ) {}

  static async start(bucket: string): Promise<S3Server> {
    const tools = await ensureTools(["versitygw"]);
    const folder = mkdtempSync(join(tmpdir(), "gitops-factory-s3-"));
    const [data, metadata] = [join(folder, "data"), join(folder, "metadata")];
    for (const place of [join(data, bucket), metadata]) mkdirSync(place, { recursive: true });
    const [port = 0] = await freePorts(1);
    const keys = { AWS_ACCESS_KEY_ID: "FACTORYSTATES", AWS_SECRET_ACCESS_KEY: "a-secret-key-of-the-states" };
    const process = await startProcess(
      {
        name: "versitygw",
        command: tools.path("versitygw"),
        // Not every file system has the attributes that it would otherwise keep metadata in.
        args: ["--port", `${HOST}:${String(port)}`, "--region", REGION, "posix", "--sidecar", metadata, data],
        env: { ROOT_ACCESS_KEY_ID: keys.AWS_ACCESS_KEY_ID, ROOT_SECRET_ACCESS_KEY: keys.AWS_SECRET_ACCESS_KEY },
        log: join(folder, "log"),
        ports: [port],
        ready: tcpProbe(HOST, port),
      },
      { lifetime: "attached" },
    );
    return new S3Server(folder, port, process, keys);
  }

  /** `PULUMI_BACKEND_URL` of a bucket. */
  backend(bucket: string, port = this.port): string {
    return `s3://${bucket}?endpoint=http://${HOST}:${String(port)}&s3ForcePathStyle=true&region=${REGION}`;
  }

  /** The folder that is a bucket: its objects as files. */
  bucket(name: string): string {
    return join(this.folder, "data", name);
  }

  async dispose(): Promise<void> {
    await stopProcess(this.process);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
