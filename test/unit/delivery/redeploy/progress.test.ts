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
    const progress = lineProgress(out, err, {});
    for (const one of told) progress.tell(one);
    progress.close();
    expect(out.text).toBe("              going on\nbuild         pipeline 3 is running\nbuild         done: built\n");
    expect(err.text).toBe("warning: look here\n");
  });

  it("on a terminal also what runs, on a line that is gone in the end", () => {
    const out = new Written(true);
    const progress = lineProgress(out, out, {});
    for (const one of told) progress.tell(one);
    progress.close();
    expect(out.text).toContain("build         0:00 …\r\u001b[K");
    expect(out.text).toContain("\u001b[33mwarning:\u001b[39m look here\n");
    expect(out.text.endsWith("build         \u001b[32mdone\u001b[39m: built\n")).toBe(true);
  });

  it("in colours on each stream that shows them, and on no other", () => {
    const [out, err] = [new Written(true), new Written()];
    const progress = lineProgress(out, err, { CI: "true" });
    for (const one of told) progress.tell(one);
    expect(out.text).toContain("\u001b[32mdone");
    expect(err.text).toBe("warning: look here\n");
  });

  it("no line that is taken back where the terminal is a pipeline's log", () => {
    const out = new Written(true);
    const progress = lineProgress(out, out, { CI: "true", NO_COLOR: "1" });
    for (const one of told) progress.tell(one);
    for (const taken of ["\r", "\u001b"]) expect(out.text).not.toContain(taken);
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
