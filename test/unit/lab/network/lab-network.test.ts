import { describe, expect, it } from "vitest";
import { installedBy } from "../../../../lab/fixtures/installers";
import { addressOf, labNetwork, translate } from "../../../../lab/network/lab-network";

const network = labNetwork("127.77.7", installedBy("kubespray").network);

describe("the lab's network", () => {
  it("has each host at an address of its block", () => {
    expect(addressOf(network, "dnsmasq")).toBe("127.77.7.53");
    expect(addressOf(network, "git")).toBe("127.77.7.7");
  });

  it("translates the addresses of the documents and of the cluster's services", () => {
    expect(translate(network, "forward . 10.0.0.53:53 10.0.0.54:8600 {")).toBe(
      "forward . 127.77.7.53:53 127.77.7.54:8600 {",
    );
    expect(translate(network, "bind 169.254.25.10\nforward . 10.233.0.3")).toBe(
      "bind 127.77.7.25\nforward . 127.77.7.10",
    );
  });

  it("leaves all other addresses alone, also those that only begin or end like one of them", () => {
    const text = "10.0.0.5 10.0.0.530 110.0.0.53 10.0.0.53.1 1.10.0.0.53 10.0.0.0/24";
    expect(translate(network, text)).toBe(text);
  });
});
