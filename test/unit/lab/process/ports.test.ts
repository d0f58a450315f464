import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { freePorts, isFree } from "../../../../lab/process";

describe("free ports", () => {
  it("are different, can be listened on, and lie below those of outgoing connections", async () => {
    const ports = await freePorts(20);
    expect(new Set(ports).size).toBe(20);
    for (const port of ports) {
      expect(await isFree(port)).toBe(true);
      expect(port).toBeLessThan(32_768);
    }
  });

  it("are not those that something listens on", async () => {
    const [port = 0] = await freePorts(1);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    expect(await isFree(port)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await isFree(port)).toBe(true);
  });
});
