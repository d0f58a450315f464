import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { FactoryProvider } from "../../../component-package/provider";
import { runFactory } from "../../../delivery/factory";
import { declared } from "../components/declared";
import { catchPrinted } from "../delivery/support/printed";

const root = join(__dirname, "..", "..", "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** What a page shows below a comment that says where it is from. */
function shown(page: string, source: string): string | undefined {
  const [, after] = read(page).split(`<!-- ${source} -->\n`);
  return after === undefined ? undefined : /^```\w+\n([\s\S]*?)^```$/m.exec(after)?.[1];
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("The documents", () => {
  it.each([
    ["docs/graph.md", "npx factory graph --project shop"],
    ["docs/schemas.md", "npx factory schema"],
  ])("%s shows what `%s` prints", async (page, command) => {
    const printed = catchPrinted();
    const [, , name = "", ...args] = command.split(" ");
    await runFactory([name, ...args, ...(name === "graph" ? ["--root", root] : [])]);
    expect(printed.err).toBe("");
    expect(printed.out).toBe(shown(page, command));
  });

  it("docs/component-package.md shows the example as it is", () => {
    expect(shown("docs/component-package.md", "docs/examples/yaml/Pulumi.yaml")).toBe(
      read("docs/examples/yaml/Pulumi.yaml"),
    );
  });

  it("docs/component-package.md shows what a mistake is told as", async () => {
    const inputs = { organisation: "acme", name: "shop", environment: "Dev", repositories: [] };
    const said = await declared(() =>
      new FactoryProvider().construct("shop", "gitops-factory:index:Project", inputs, {}),
    ).catch((error: unknown) => (error as Error).message);
    expect(read("docs/component-package.md")).toContain(`\`\`\`text\nerror: ${String(said)}\n\`\`\``);
  });
});
