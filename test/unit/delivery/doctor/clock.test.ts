import { describe, expect, it } from "vitest";
import { judgeClock } from "../../../../delivery/doctor/clock";

const here = new Date("2026-11-21T10:00:00Z");

describe("The clock", () => {
  it.each(["Sat, 21 Nov 2026 10:00:30 GMT", "Sat, 21 Nov 2026 09:59:30 GMT"])("may be off by 30 s (%s)", (server) => {
    expect(judgeClock({ server, here })).toMatchObject([{ severity: "ok" }]);
  });

  it.each([
    ["Sat, 21 Nov 2026 09:59:29 GMT", "31 s ahead of the API server's"],
    ["Sat, 21 Nov 2026 10:05:00 GMT", "300 s behind the API server's"],
  ])("is warned of beyond that (%s)", (server, words) => {
    const [finding] = judgeClock({ server, here });
    expect(finding).toMatchObject({ severity: "warning", fix: expect.stringContaining("NTP") as string });
    expect(finding?.message).toContain(words);
  });

  it("is not judged by what is no date", () => {
    expect(judgeClock({ server: "soon", here })).toEqual([]);
  });
});
