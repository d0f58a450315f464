import { createSocket } from "node:dgram";
import { describe, expect, it } from "vitest";
import { chooseBlock } from "../../../lab/network/lab-network";

describe("the choice of a block", () => {
  it("takes the wanted block while nobody answers DNS in it, and another one otherwise", async () => {
    const block = "127.78.8";
    expect(await chooseBlock(block)).toBe(block);
    const socket = createSocket("udp4");
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.bind({ address: `${block}.1`, port: 53 }, resolve);
    });
    try {
      expect(await chooseBlock(block)).not.toBe(block);
    } finally {
      socket.close();
    }
  });
});
