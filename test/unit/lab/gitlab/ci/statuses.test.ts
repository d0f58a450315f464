import { describe, expect, it } from "vitest";
import type { Status } from "../../../../../lab/gitlab/ci/records";
import { compositeStatus, type Counted, nextStatus } from "../../../../../lab/gitlab/ci/statuses";

const job = (status: Status, allow_failure: Counted["allow_failure"] = false, exit_code = 1): Counted => ({
  status,
  allow_failure,
  exit_code,
});

describe("the state of a pipeline", () => {
  it.each<[string, Counted[], Status]>([
    ["is success once all have succeeded or were skipped", [job("success"), job("skipped")], "success"],
    ["is success with failures that may be", [job("failed", true), job("success")], "success"],
    ["is success with an exit code that may be", [job("failed", [1, 2])], "success"],
    ["is failed with another exit code", [job("failed", [2, 3])], "failed"],
    ["is success while a manual job that nobody needs waits", [job("success"), job("manual", true)], "success"],
    ["is manual while one waits that has to be played", [job("success"), job("manual"), job("created")], "manual"],
    ["is pending before the first job runs", [job("pending"), job("created")], "pending"],
    ["is running while one runs", [job("success"), job("running"), job("created")], "running"],
    ["is running between two jobs", [job("success"), job("created")], "running"],
    ["is canceled where all others have succeeded", [job("canceled"), job("success")], "canceled"],
    ["is failed where another was canceled", [job("canceled"), job("failed")], "failed"],
    ["is skipped where nothing ran", [job("skipped"), job("manual", true)], "skipped"],
    ["is waiting for a resource", [job("waiting_for_resource"), job("success")], "waiting_for_resource"],
  ])("%s", (_, jobs, expected) => {
    expect(compositeStatus(jobs)).toBe(expected);
  });
});

describe("a job that waits", () => {
  const stage = { needs: false } as const;

  it("runs at once when nothing comes before it", () => {
    expect(nextStatus({ when: "on_success", ...stage }, [])).toBe("pending");
    expect(nextStatus({ when: "on_failure", ...stage }, [])).toBe("skipped");
  });

  it("waits as long as something before it is not over", () => {
    for (const status of ["created", "pending", "running", "manual", "waiting_for_resource"] as const) {
      expect(nextStatus({ when: "always", ...stage }, [job("failed"), job(status)])).toBeUndefined();
    }
  });

  it("runs after successes, is skipped after a failure, and the other way round for failures", () => {
    expect(nextStatus({ when: "on_success", ...stage }, [job("success")])).toBe("pending");
    expect(nextStatus({ when: "on_success", ...stage }, [job("failed")])).toBe("skipped");
    expect(nextStatus({ when: "on_failure", ...stage }, [job("failed")])).toBe("pending");
    expect(nextStatus({ when: "on_failure", ...stage }, [job("success")])).toBe("skipped");
    expect(nextStatus({ when: "always", ...stage }, [job("failed")])).toBe("pending");
    expect(nextStatus({ when: "manual", ...stage }, [job("success")])).toBe("manual");
  });

  it("is not held up by a stage that was skipped, but by a need that was", () => {
    expect(nextStatus({ when: "on_success", needs: false }, [job("skipped")])).toBe("pending");
    expect(nextStatus({ when: "on_success", needs: true }, [job("skipped")])).toBe("skipped");
  });
});
