import { describe, expect, it } from "vitest";
import { MARK, reconcileCorefile } from "../../../corefile";
import type { DnsForward } from "../../../model/platform";
import { eks, examples, kubeadm, nodelocaldns, openshift } from "./examples";

const protobox: DnsForward = { zone: "protobox", to: ["10.0.0.2:53"], cacheSeconds: 30 };
const consul: DnsForward = { zone: "consul", to: ["10.0.0.3:8600", "[fd00::3]:8600"], cacheSeconds: 10 };

describe("a forward that a Corefile does not have yet", () => {
  it("becomes a server block at the end, as the document has it", () => {
    const { text, changes } = reconcileCorefile(kubeadm, [protobox]);
    expect(text).toBe(
      `${kubeadm}# managed by gitops-factory\nprotobox:53 {\n    errors\n    cache 30\n    forward . 10.0.0.2:53\n}\n`,
    );
    expect(changes).toEqual([{ zone: "protobox", action: "added" }]);
  });

  it("inherits the bind of the root block, as CoreDNS asks only the server with the most specific address", () => {
    const { text } = reconcileCorefile(nodelocaldns, [protobox]);
    expect(text.slice(nodelocaldns.length)).toBe(
      `${MARK}\nprotobox:53 {\n    errors\n    cache 30\n    bind 169.254.25.10\n    forward . 10.0.0.2:53\n}\n`,
    );
  });

  it("inherits several binds with their exceptions and environment variables", () => {
    const root = ".:53 {\n  bind {$NODE_IP} 10.0.0.10 {\n    except 10.0.0.11\n  }\n  bind ::1\n}\n";
    const { text } = reconcileCorefile(root, [protobox]);
    expect(text.slice(root.length)).toContain(
      "  cache 30\n  bind {$NODE_IP} 10.0.0.10 {\n    except 10.0.0.11\n  }\n  bind ::1\n  forward",
    );
  });

  it("inherits a bind that the root block imports from a snippet", () => {
    const root = "(listen) {\n  bind 10.0.0.10\n}\n.:53 {\n  import listen\n}\n";
    expect(reconcileCorefile(root, [protobox]).text.slice(root.length)).toContain("\n    bind 10.0.0.10\n");
  });

  it("listens on the port of the root block, which the cluster asks", () => {
    expect(reconcileCorefile(openshift, [protobox]).text).toContain("\nprotobox:5353 {\n");
    expect(reconcileCorefile(".:1053 .:53 {\n}\n", [protobox]).text).toContain("\nprotobox:53 {\n");
    expect(reconcileCorefile(". {\n}\n", [protobox]).text).toContain("\nprotobox {\n");
    expect(reconcileCorefile("example.org:1053 {\n}\n", [protobox]).text).toContain("\nprotobox:53 {\n");
  });

  it("looks like the file: its indentation and its line ends", () => {
    const { text } = reconcileCorefile("  .:53 {\r\n  \terrors\r\n  }\r\n", [protobox]);
    expect(text).toBe(
      `  .:53 {\r\n  \terrors\r\n  }\r\n  ${MARK}\r\n  protobox:53 {\r\n  \terrors\r\n  \tcache 30\r\n  \tforward . 10.0.0.2:53\r\n  }\r\n`,
    );
  });

  it("goes before a server block without braces, which lasts until the end of the file", () => {
    const { text } = reconcileCorefile("\uFEFF.:53\nerrors\nforward . 9.9.9.9\n", [protobox, consul]);
    expect(text.startsWith(`\uFEFF${MARK}\nconsul:53 {\n`)).toBe(true);
    expect(text.endsWith("}\n.:53\nerrors\nforward . 9.9.9.9\n")).toBe(true);
  });

  it("stands among our other server blocks by its name, whenever it came", () => {
    const both = reconcileCorefile(kubeadm, [protobox, consul]).text;
    const later = reconcileCorefile(reconcileCorefile(kubeadm, [protobox]).text, [consul, protobox]).text;
    expect(later).toBe(both);
  });

  it("is written in lower case and without its closing dot", () => {
    const { text } = reconcileCorefile(kubeadm, [{ ...protobox, zone: "ProtoBox." }]);
    expect(text).toContain("\nprotobox:53 {\n");
  });
});

describe.each(examples)("the Corefile of %s", (_, original) => {
  const added = reconcileCorefile(original, [protobox, consul]).text;

  it("changes nothing in a second run", () => {
    expect(reconcileCorefile(added, [consul, protobox])).toMatchObject({ text: added, changes: [] });
  });

  it("is restored byte for byte when the forwards go, in any order", () => {
    expect(reconcileCorefile(added, []).text).toBe(original);
    expect(reconcileCorefile(reconcileCorefile(added, [consul]).text, []).text).toBe(original);
    expect(reconcileCorefile(reconcileCorefile(added, [protobox]).text, []).text).toBe(original);
  });

  it("keeps what others write into it meanwhile", () => {
    const edited = `# a note\n${added.replace("\uFEFF", "")}# another\n`;
    const { text } = reconcileCorefile(edited, [protobox]);
    expect(text.startsWith("# a note\n")).toBe(true);
    expect(text.endsWith("# another\n")).toBe(true);
  });

  it("follows a changed address and cache time in place", () => {
    const { text, changes } = reconcileCorefile(added, [consul, { ...protobox, to: ["10.9.9.9"], cacheSeconds: 5 }]);
    expect(text).toBe(
      added.replace("forward . 10.0.0.2:53", "forward . 10.9.9.9").replace(/(protobox.*\s+errors\s+cache )30/, "$15"),
    );
    expect(changes).toEqual([{ zone: "protobox", action: "changed" }]);
  });
});

describe("a zone that is to go", () => {
  it("goes with its server block and nothing else", () => {
    const both = reconcileCorefile(eks, [protobox, consul]).text;
    const { text, changes } = reconcileCorefile(both, [consul]);
    expect(text).toBe(reconcileCorefile(eks, [consul]).text);
    expect(changes).toEqual([{ zone: "protobox", action: "removed" }]);
  });

  it("stays when only other zones are looked after", () => {
    const both = reconcileCorefile(kubeadm, [protobox, consul]).text;
    const { text } = reconcileCorefile(both, [], { only: ["protobox"] });
    expect(text).toBe(reconcileCorefile(kubeadm, [consul]).text);
  });

  it("does not go when it was made by hand", () => {
    const byHand = `${kubeadm}protobox:53 {\n    forward . 10.0.0.9\n}\n`;
    expect(reconcileCorefile(byHand, []).text).toBe(byHand);
  });

  it("does not take the cluster's own server block along, whatever comment stands above it", () => {
    const marked = `${MARK}\n${kubeadm}`;
    expect(reconcileCorefile(marked, []).text).toBe(marked);
  });

  it("is not told by a mark that is only part of a quoted argument", () => {
    const quoted = `.:53 {\n    log . "{x}\n${MARK}\n"\n}\nprotobox:53 {\n    errors\n}\n`;
    expect(reconcileCorefile(quoted, []).text).toBe(quoted);
  });

  it("moves when the root block's port moves", () => {
    const added = reconcileCorefile(kubeadm, [protobox]).text;
    const moved = reconcileCorefile(added.replace(".:53 {", ".:5353 {"), [protobox]).text;
    expect(moved).toContain("\nprotobox:5353 {\n");
    expect(moved).not.toContain("protobox:53 ");
  });
});

describe("our server block, when the root block's bind changes", () => {
  const added = reconcileCorefile(nodelocaldns, [protobox]).text;

  it("follows to the new address", () => {
    const moved = added
      .replaceAll("169.254.25.10", "169.254.20.10")
      .replace(/(bind )169.254.20.10(\n {4}forward . 10.0.0.2)/, "$1169.254.25.10$2");
    const { text } = reconcileCorefile(moved, [protobox]);
    expect(text).not.toContain("169.254.25.10");
    expect(text.match(/bind 169\.254\.20\.10/g)).toHaveLength(5);
  });

  it("loses its bind with the root block's", () => {
    const bound = ".:53 {\n    bind 10.0.0.1\n}\n";
    const was = reconcileCorefile(bound, [protobox]).text;
    const { text } = reconcileCorefile(was.replace("    bind 10.0.0.1\n", ""), [protobox]);
    expect(text).toBe(reconcileCorefile(".:53 {\n}\n", [protobox]).text);
  });
});
