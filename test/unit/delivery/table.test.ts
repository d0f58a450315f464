import { describe, expect, it } from "vitest";
import { alignColumns, formatTable } from "../../../delivery/table";
import { styled } from "../../../delivery/terminal";

describe("a table", () => {
  const head = ["PROCESS", "STATE", "SAYS"];
  const rows = [
    ["etcd", "ready", "it listens where the kubeconfig says"],
    ["kwok", "-", ""],
  ];

  it("has columns as wide as their widest cell, and no blanks at the end of a line", () => {
    expect(formatTable(head, rows)).toEqual([
      "PROCESS  STATE  SAYS",
      "etcd     ready  it listens where the kubeconfig says",
      "kwok     -",
    ]);
  });

  it("is its head where there are no rows", () => {
    expect(formatTable(["A", "B"], [])).toEqual(["A  B"]);
  });

  it("breaks the last column at blanks where the terminal is too narrow", () => {
    expect(formatTable(head, rows, 40)).toEqual([
      "PROCESS  STATE  SAYS",
      "etcd     ready  it listens where the",
      "                kubeconfig says",
      "kwok     -",
    ]);
  });

  it("leaves a word whole that is wider than its column, so that it can be copied", () => {
    const url = "https://argocd.acme.example/applications";
    expect(formatTable(["A", "B"], [["1", `see ${url} there`]], 30)).toEqual([
      "A  B",
      "1  see",
      `   ${url}`,
      "   there",
    ]);
  });

  it("makes a block of lines of each row on a terminal that has no room for columns", () => {
    expect(formatTable(head, rows, 30)).toEqual([
      "PROCESS  etcd",
      "STATE    ready",
      "SAYS     it listens where the kubeconfig says",
      "",
      "PROCESS  kwok",
    ]);
  });

  it.each([[undefined], [0]])("breaks nothing where the width is not known (%s)", (columns) => {
    expect(formatTable(head, rows, columns)).toHaveLength(3);
  });

  it("gives colours no room", () => {
    const lines = formatTable(["A", "B"], [[styled("ok", "green"), "1"]]);
    expect(lines).toEqual(["A   B", `${styled("ok", "green")}  1`]);
  });
});

it("Columns without a head are aligned, also where a row has fewer", () => {
  expect(alignColumns([["a", "1"], ["bbb", "22"], ["c"]])).toEqual(["a    1", "bbb  22", "c"]);
});
