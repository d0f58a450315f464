import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { commandOf } from "../../../../lab/argocd/command";
import type { Container } from "../../../../lab/argocd/objects";

const container = (parts: Partial<Container>): Container => ({ name: "main", image: "image", ...parts });

describe("the command of a container", () => {
  it("is its arguments where its image only wraps them, with what is added", () => {
    const args = ["/usr/local/bin/argocd-server", "--insecure"];
    expect(commandOf(container({ args }), {}, [], ["--port", "443"])).toEqual({
      command: "/usr/local/bin/argocd-server",
      args: ["--insecure", "--port", "443"],
    });
  });

  it("is its own before the image's", () => {
    const args = ["--save", ""];
    expect(commandOf(container({ args }), {}, ["redis-server"], []).command).toBe("redis-server");
    expect(commandOf(container({ command: ["valkey"], args }), {}, ["redis-server"], [])).toEqual({
      command: "valkey",
      args,
    });
  });

  it("gets a secret among its arguments without being written with it", () => {
    const PASSWORD = `it's "$HOME"`;
    const args = ["%s|", "--requirepass $(PASSWORD)", "it's", "$(UNKNOWN)", "$HOME", "$$(PASSWORD)", ""];
    const { command, args: made } = commandOf(container({ args }), { PASSWORD }, ["printf"], ["more"]);
    expect([command, ...made].join(" ")).not.toContain(PASSWORD);
    const printed = execFileSync(command, [...made], {
      env: { PATH: process.env["PATH"], PASSWORD },
      encoding: "utf8",
    });
    expect(printed).toBe(`--requirepass ${PASSWORD}|it's|$(UNKNOWN)|$HOME|$(PASSWORD)||more|`);
  });
});
