import { describe, expect, it } from "vitest";
import { quantityValue } from "../../../model/quantities";

describe("quantityValue", () => {
  it.each([
    ["500m", 0.5],
    ["2", 2],
    ["0.1", 0.1],
    [".5", 0.5],
    ["1.", 1],
    ["1e3", 1000],
    ["1E3", 1000],
    ["1E", 1e18],
    ["1k", 1000],
    ["256Mi", 256 * 1024 * 1024],
    ["4Gi", 4 * 2 ** 30],
    ["100u", 1e-4],
  ])("reads %s", (text, value) => {
    expect(quantityValue(text)).toBeCloseTo(value, 9);
  });

  it.each(["", "m", "2 Gi", "2GB", "2K", "-1", "+1", "1.2.3", "1e", "Gi"])("refuses %s", (text) => {
    expect(quantityValue(text)).toBeUndefined();
  });
});
