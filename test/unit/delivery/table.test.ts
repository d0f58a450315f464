import { describe, expect, it } from "vitest";
import { formatTable } from "../../../delivery/table";

describe("a table", () => {
  it("has columns as wide as their widest cell, and no blanks at the end of a line", () => {
    const rows = [
      ["etcd", "ready", "1"],
      ["kwok", "-", ""],
    ];
    expect(formatTable(["PROCESS", "STATE", "PID"], rows)).toEqual([
      "PROCESS  STATE  PID",
      "etcd     ready  1",
      "kwok     -",
    ]);
  });

  it("is its head where there are no rows", () => {
    expect(formatTable(["A", "B"], [])).toEqual(["A  B"]);
  });
});
