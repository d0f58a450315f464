import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { secretData } from "../../../components/secret-data";

function resolved(data: Record<string, pulumi.Input<string>>): Promise<unknown> {
  return new Promise((resolve) => pulumi.output(data).apply(resolve));
}

describe("a Secret's data", () => {
  it("is the texts in base64", async () => {
    expect(await resolved(secretData({ password: "geheim", url: pulumi.output("https://git.acme.example") }))).toEqual({
      password: "Z2VoZWlt",
      url: "aHR0cHM6Ly9naXQuYWNtZS5leGFtcGxl",
    });
  });

  it("does not end a targeted update, which leaves out what the text comes from", async () => {
    const leftOut = pulumi.output(undefined) as unknown as pulumi.Output<string>;
    expect(await resolved(secretData({ password: leftOut }))).toEqual({ password: "" });
  });
});
