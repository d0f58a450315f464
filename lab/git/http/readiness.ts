import { readFileSync } from "node:fs";
import { httpProbe, type Probe } from "../../process";

/** Where GitLab says that it is ready. */
export const readinessPath = "/-/readiness";

/** Ready as soon as it says so by HTTP and by HTTPS. @param ca the file of its certificate's authority */
export function readinessProbe(address: string, ca: string): Probe {
  const plain = httpProbe(`http://${address}${readinessPath}`);
  const secure = httpProbe(`https://${address}${readinessPath}`, { ca: readFileSync(ca) });
  return async (signal) => {
    const answer = await plain(signal);
    return answer === true ? secure(signal) : answer;
  };
}
