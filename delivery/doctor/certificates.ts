import { X509Certificate } from "node:crypto";
import type { Finding } from "./finding";
import type { KubeTarget } from "../cluster/kube-target";
import type { TlsFacts, Validity } from "../http/tls-probe";

const DAY = 24 * 60 * 60 * 1000;

/** A certificate of a year should be renewed this long before its end. */
const WARN_DAYS = 14;

/** One certificate between us and the cluster. */
export interface CertificateFacts {
  /** Whose it is, to begin a sentence with. */
  readonly whose: "the API server's certificate" | "your client certificate";
  readonly validity: Validity;
  readonly renew: string;
}

export function gatherCertificates(target: KubeTarget, tls: TlsFacts | undefined): readonly CertificateFacts[] {
  const client = target.clientCertificate === undefined ? undefined : validityOf(target.clientCertificate);
  return [
    ...(tls?.validity === undefined
      ? []
      : [
          {
            whose: "the API server's certificate" as const,
            validity: tls.validity,
            renew: "renew it where the cluster was made (kubeadm certs renew apiserver)",
          },
        ]),
    ...(client === undefined
      ? []
      : [
          {
            whose: "your client certificate" as const,
            validity: client,
            renew: "fetch the kubeconfig anew (kubeadm certs renew admin.conf)",
          },
        ]),
  ];
}

/** The time of the first certificate of a PEM text; nothing where it cannot be read, which kubectl will tell. */
function validityOf(pem: string): Validity | undefined {
  try {
    const { validFrom, validTo } = new X509Certificate(pem);
    return { from: new Date(validFrom), to: new Date(validTo) };
  } catch {
    return undefined;
  }
}

export function judgeCertificates(certificates: readonly CertificateFacts[], now: Date): readonly Finding[] {
  return certificates.map(({ whose, validity, renew }) => {
    const end = validity.to.toISOString().slice(0, 10);
    const left = validity.to.getTime() - now.getTime();
    if (validity.from > now) {
      return {
        check: "certificates",
        severity: "error",
        message: `${whose} is valid only from ${validity.from.toISOString()} on`,
        fix: "set this machine's clock",
      };
    }
    if (left <= 0) {
      return { check: "certificates", severity: "error", message: `${whose} has expired on ${end}`, fix: renew };
    }
    const days = Math.floor(left / DAY);
    // One that lives for hours is renewed by whatever made it.
    const lifetime = validity.to.getTime() - validity.from.getTime();
    if (days < WARN_DAYS && lifetime > 2 * WARN_DAYS * DAY) {
      return {
        check: "certificates",
        severity: "warning",
        message: `${whose} expires on ${end}, in ${String(days)} days`,
        fix: renew,
      };
    }
    return { check: "certificates", severity: "ok", message: `${whose} is valid until ${end}` };
  });
}
