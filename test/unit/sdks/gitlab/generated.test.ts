import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadSchema } from "../../../../lab/plugins/gitlab/package-schema";
import { packageFiles } from "../../../../sdks/gitlab/generator/package-files";

const folder = join(__dirname, "..", "..", "..", "..", "sdks", "gitlab", "generated");

it("sdks/gitlab/generated is what `npm run sdk` writes, and nothing else", () => {
  const there = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const files = packageFiles(loadSchema());
  expect(there.sort()).toEqual([...files.keys()].sort());
  for (const [file, text] of files) expect(readFileSync(join(folder, file), "utf8"), file).toBe(text);
});
