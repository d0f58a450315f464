import { describe, expect, it } from "vitest";
import { formatImageOverride, mergeImages, parseImageOverride } from "../../../model/image-override";

const digest = `sha256:${"0b".repeat(32)}`;

describe("An image override", () => {
  it.each([
    ["nginx:1.29.1", { name: "nginx", version: "1.29.1" }],
    ["nginx=harbor.example/nginx", { name: "nginx", newName: "harbor.example/nginx" }],
    [
      "nginx=harbor.example:5000/nginx:1.29.1",
      { name: "nginx", newName: "harbor.example:5000/nginx", version: "1.29.1" },
    ],
    ["harbor.example:5000/shop:1", { name: "harbor.example:5000/shop", version: "1" }],
    [`shop@${digest}`, { name: "shop", version: digest }],
    [`shop=new/shop:1@${digest}`, { name: "shop", newName: "new/shop", version: `1@${digest}` }],
  ])("%s is taken apart and put together again", (text, expected) => {
    expect(parseImageOverride(text)).toEqual(expected);
    expect(formatImageOverride(parseImageOverride(text))).toBe(text);
  });

  it("takes the place of an earlier one of its name, where that stands", () => {
    expect(mergeImages(["a:1", "b=c:1"], ["d:1", "b:2"])).toEqual(["a:1", "b:2", "d:1"]);
  });
});
