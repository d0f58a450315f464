import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eventually } from "./eventually";

/** What somebody has sent. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A chat's or board's server, which keeps what is posted to it. */
export class WebhookSink {
  readonly received: Received[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param refused the beginning of the paths at which everything is refused with 403 */
  static async start(refused: string): Promise<WebhookSink> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const sink = new WebhookSink(server, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    server.on("request", (request, response) => {
      const { method = "", url: path = "", headers } = request;
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => (body += text));
      request.on("end", () => {
        sink.received.push({ method, path, headers, body });
        const refuses = path.startsWith(refused);
        response.writeHead(refuses ? 403 : 200).end(refuses ? "no such channel" : "ok");
      });
    });
    return sink;
  }

  /** Waits until something has come that fits. */
  until(fits: (received: Received) => boolean): Promise<Received> {
    return eventually(
      () => Promise.resolve(this.received.find(fits)),
      () => `there has come ${JSON.stringify(this.received.map(({ path, body }) => [path, body]))}`,
      120_000,
    );
  }

  async dispose(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
