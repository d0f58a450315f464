import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A double of Harbor: it knows which tags there are, and takes a new one by PUT without any image. It answers 401 to
 * whoever is not its robot.
 */
export class RegistryDouble {
  /** The manifests that were put: `acme/api:8d41e07f`, in that order and as often. */
  readonly built: string[] = [];
  private constructor(
    readonly host: string,
    private readonly server: Server,
  ) {}

  static async start(login: { readonly user: string; readonly password: string }): Promise<RegistryDouble> {
    const expected = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString("base64")}`;
    const server = createServer((request, response) => {
      const [, repository = "", tag = ""] = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(request.url ?? "") ?? [];
      const name = `${repository}:${tag}`;
      if (request.headers.authorization !== expected) response.writeHead(401);
      else if (request.method === "PUT") {
        registry.built.push(name);
        response.writeHead(201);
      } else response.writeHead(registry.built.includes(name) ? 200 : 404);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const registry = new RegistryDouble(`127.0.0.1:${String((server.address() as AddressInfo).port)}`, server);
    return registry;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
