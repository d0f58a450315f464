import { formatFact, type Problem } from "../../model/problem";
import type { KubeTarget } from "../cluster/kube-target";
import { unreachable, type ServerFacts } from "../cluster/server";
import type { CheckName, Finding } from "./finding";

export function judgeApi(target: KubeTarget, facts: ServerFacts): readonly Finding[] {
  const unchecked: readonly Finding[] = target.insecure
    ? [
        {
          check: "api",
          severity: "warning",
          message:
            "the kubeconfig says insecure-skip-tls-verify: whoever answers is believed, and given your credentials",
          fix: "give the cluster's certificate-authority-data instead",
        },
      ]
    : [];
  const problem = unreachable(target, facts);
  return [...unchecked, problem === undefined ? reached(target, facts) : problemFinding("api", problem)];
}

function reached({ server }: KubeTarget, { identity }: ServerFacts): Finding {
  const review = "body" in identity ? (identity.body as { status?: { userInfo?: { username?: string } } }) : {};
  const user = review.status?.userInfo?.username;
  return { check: "api", severity: "ok", message: `${server} answers${user === undefined ? "" : ` ${user}`}` };
}

/** A problem in the doctor's words: its place goes before the fact. */
export function problemFinding(check: CheckName, problem: Problem): Finding {
  const { severity, fix } = problem;
  return { check, severity, message: formatFact(problem), fix };
}
