import { z } from "zod";
import { isAddress, isCidr, isHostName, serverAddress } from "../addresses";
import { gitRepositoryFinding, gitUrlFinding } from "../git-url";
import type { Finding } from "../report";
import { shownUrl } from "../shown-url";
import { objectName } from "./names";
import { distinct, strict, text } from "./strict";

/** A repository's URL: https, http, ssh or scp form, without user names, passwords and queries. */
export const gitUrl = text(gitRepositoryFinding).describe(
  "The repository's URL, by name and without a password: https://git.acme.example/shop/deploy.git.",
);

/** The URL of a Git or chart repository. */
export const chartUrl = text(gitUrlFinding).describe(
  "The URL of the Git repository, or of the chart repository when chart is set; without a password.",
);

/** The address of a DNS server, brought into the form `host:port`. */
export const dnsServer = text((value) =>
  serverAddress(value) === undefined
    ? {
        message: "the value is not the address of a DNS server",
        allowed: "an IP address with or without a port: 10.0.0.53, 10.0.0.53:8600, [fd00::53]:53",
        fix: "write the server's IP address: a name cannot be looked up before DNS works",
      }
    : undefined,
)
  .describe("The IP address of a DNS server; the port is 53 unless given. Consul answers on 8600.")
  .overwrite((value) => serverAddress(value) ?? value);

function plainZone(value: string): string {
  return value.toLowerCase().replace(/\.$/, "");
}

function zoneFinding(value: string, fix: string): Finding | undefined {
  const name = plainZone(value);
  if (isHostName(name) && !isAddress(name)) return undefined;
  return {
    message: "the value is not the name of a DNS zone",
    allowed: "labels with dots between: protobox, service.consul",
    fix: value.includes(":") ? "write the zone without a port" : fix,
  };
}

/** A private zone below the root, without its final dot and in lower case. */
export const privateZone = text((value) => {
  const name = plainZone(value);
  if (name === "cluster.local" || name.endsWith(".cluster.local")) {
    return {
      message: "the zone is the cluster's own: a forward would take the names of all Services away",
      fix: "remove this forward",
    };
  }
  return zoneFinding(value, "write the zone that the private names end with");
})
  .describe("The zone that the private names end with: git.protobox is in the zone protobox.")
  .overwrite(plainZone);

/** The zone of a cluster's own names, in the same form. */
export const clusterZone = text((value) =>
  zoneFinding(value, "write the zone that the names of Services end with"),
).overwrite(plainZone);

/** A block of addresses. */
export const cidr = text((value) =>
  isCidr(value)
    ? undefined
    : {
        message: "the value is not a block of addresses",
        allowed: "such as 10.0.0.0/8",
        fix: "write address and length",
      },
);

/** An IP address. */
export const ipAddress = text((value) =>
  isAddress(value)
    ? undefined
    : { message: "the value is not an IP address", allowed: "such as 10.0.0.7 or fd00::7", fix: "write the address" },
);

/** A host's name. */
export const hostName = text((value) =>
  isHostName(value) && !isAddress(value)
    ? undefined
    : {
        message: "the value is not a host's name",
        allowed: "such as git.protobox",
        fix: "write the name without scheme and port",
      },
);

/** An address that people and programs open: http or https, without a user. */
export function webUrl(schemes: readonly ("https" | "http")[]) {
  return text((value) => {
    const allowed = `${schemes.join(" or ")}://host`;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (
      url !== undefined &&
      url.username === "" &&
      url.password === "" &&
      schemes.some((scheme) => url.protocol === `${scheme}:`)
    ) {
      return undefined;
    }
    return { message: "the value is not such a URL", value: shownUrl(value), allowed, fix: `write it as ${allowed}` };
  });
}

/** What a project's NetworkPolicy leaves open. */
export const network = strict({
  ingressFromNamespaces: distinct(objectName)
    .optional()
    .describe("Namespaces whose pods may connect: that of the ingress controller."),
  egressToCidrs: distinct(cidr).optional().describe("Blocks of addresses that the pods may connect to: 10.0.0.0/8."),
  open: z
    .boolean()
    .optional()
    .describe(
      "Whether no network policy is declared at all, as for a project that was adopted and whose openings are not " +
        "known yet. Default: false.",
    ),
});
