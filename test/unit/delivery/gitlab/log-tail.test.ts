import { describe, expect, it } from "vitest";
import { logTail, masked } from "../../../../delivery/gitlab/log-tail";

describe("The end of a job's log", () => {
  it("is without colours, sections, overwritten lines and the runner's times", () => {
    const log = [
      "\u001b[0Ksection_start:1700000000:build\r\u001b[0K\u001b[36;1mbuilding\u001b[0m",
      "10 %\r50 %\r100 %",
      "2026-11-21T12:00:00.123456Z 01O pushing",
      "",
      "section_end:1700000001:build\r\u001b[0K",
      "\u001b[31;1mERROR: Job failed: exit code 1\u001b[0;m",
    ].join("\n");
    expect(logTail(log, 10, [])).toEqual(["building", "100 %", "pushing", "ERROR: Job failed: exit code 1"]);
  });

  it("has as many lines as are asked for", () => {
    expect(logTail("1\n2\n3\n", 2, [])).toEqual(["2", "3"]);
  });

  it("cannot drive the reader's terminal", () => {
    expect(logTail("\u001b]0;title\u0007a\u001b[2Jb\u0008\u001bc", 1, []).join()).toBe("abc");
  });
});

describe("Text that is shown", () => {
  it.each([
    ["a known secret", "token is s3cret!", "token is [masked]"],
    ["a token of GitLab's", "glpat-AbCdEfGh_1234 and glptt-0123456789", "[masked] and [masked]"],
    ["a password in a URL", "https://bot:pw@git.example/a.git", "https://git.example/a.git"],
    ["a JSON Web Token", "eyJhbGciOiJI.eyJzdWIiOiJ.c2lnbmF0dXJl", "[masked]"],
    ["an Authorization header", "Authorization: Basic abc", "Authorization: (not shown)"],
  ])("has no %s", (_, text, shown) => {
    expect(masked(text, ["s3cret!", "s3c"])).toBe(shown);
  });
});
