import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stackNames } from "../../../model/stack-file";
import { problemsOf, workspace } from "./workspace";

const PROJECT = "catalog/acme/shop.yaml";
const STACK = "Pulumi.dev.yaml";

/** A project folder in which something else stands in the place of a file or folder. */
function replaced(place: string, put: (path: string) => void): string {
  const root = workspace();
  const path = join(root, place);
  rmSync(path, { recursive: true });
  put(path);
  return root;
}

const loop = (path: string): void => {
  symlinkSync(path, path);
};
const folder = (path: string): void => {
  mkdirSync(path);
};
const text =
  (content: string | Buffer) =>
  (path: string): void => {
    writeFileSync(path, content);
  };

describe("what cannot be read is a problem of its place, and no bug", () => {
  it.each([
    ["a stack's config that is a folder", STACK, folder, "it is no file"],
    ["a device in a config's place", STACK, (path: string) => symlinkSync("/dev/zero", path), "it is no file"],
    [
      "a link that leads to itself",
      STACK,
      loop,
      "the file cannot be read: it is a symbolic link that leads back to itself",
    ],
    [
      "a link to nowhere",
      STACK,
      (path: string) => symlinkSync("x", path),
      "the file cannot be read: it does not exist",
    ],
    ["a config in Latin-1", STACK, text(Buffer.from("config: {} # é", "latin1")), "the file is not UTF-8 text"],
    ["a project in UTF-16", PROJECT, text(Buffer.from("\ufeffname: shop", "utf16le")), "the file is not UTF-8 text"],
    [
      "a catalogue that is a file",
      "catalog",
      text(""),
      "a folder of the catalogue cannot be read: it is no folder, or lies in none",
    ],
  ])("%s", (_, place, put, message) => {
    const root = replaced(place, put);
    expect(problemsOf(root)).toMatchObject([{ file: place, path: "", message }]);
  });

  it.each([
    ["brackets", "[".repeat(100_000)],
    ["lines", Array.from({ length: 1_000 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("")],
    ["a line", "- ".repeat(10_000)],
  ])("values nested beyond reason by %s, which are one problem", (_, nested) => {
    expect(problemsOf(replaced(STACK, text(nested)))).toMatchObject([
      { file: STACK, message: "the values are nested too deeply", allowed: "200 levels" },
    ]);
  });
});

it("a folder that is none has no stacks", () => {
  const root = workspace();
  expect([stackNames(root), stackNames(join(root, STACK)), stackNames(join(root, "none"))]).toEqual([["dev"], [], []]);
});
