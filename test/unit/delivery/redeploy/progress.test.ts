import { describe, expect, it } from "vitest";
import { jsonProgress, lineProgress, type Told } from "../../../../delivery/redeploy/progress";

class Written {
  text = "";
  constructor(readonly isTTY = false) {}
  write(text: string): void {
    this.text += text;
  }
}

const told: readonly Told[] = [
  { event: "note", step: null, message: "going on" },
  { event: "step", step: "build", status: "started" },
  { event: "note", step: "build", message: "pipeline 3 is running" },
  { event: "warning", message: "look here" },
  { event: "step", step: "build", status: "done", message: "built" },
];

describe("A delivery tells", () => {
  it("lines, with warnings on standard error", () => {
    const [out, err] = [new Written(), new Written()];
    const progress = lineProgress(out, err, false);
    for (const one of told) progress.tell(one);
    progress.close();
    expect(out.text).toBe("              going on\nbuild         pipeline 3 is running\nbuild         done: built\n");
    expect(err.text).toBe("warning: look here\n");
  });

  it("on a terminal also what runs, on a line that is gone in the end", () => {
    const out = new Written(true);
    const progress = lineProgress(out, out, true);
    for (const one of told) progress.tell(one);
    progress.close();
    expect(out.text).toContain("build         0:00 …\r\u001b[K");
    expect(out.text).toContain("\u001b[33mwarning:\u001b[0m look here\n");
    expect(out.text.endsWith("build         \u001b[32mdone\u001b[0m: built\n")).toBe(true);
  });

  it("no escape character where colours are not wanted and nobody watches", () => {
    const out = new Written();
    const progress = lineProgress(out, out, false);
    for (const one of told) progress.tell(one);
    expect(out.text).not.toContain("\u001b");
  });

  it("JSON, one object a line", () => {
    const out = new Written();
    for (const one of told) jsonProgress(out).tell(one);
    expect(
      out.text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(told);
  });
});
