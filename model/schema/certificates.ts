import { text } from "./strict";

/** A certificate, or several below each other, in PEM. It is no secret. */
export const pemCertificate = text((value) =>
  /^-----BEGIN CERTIFICATE-----\n[\s\S]+\n-----END CERTIFICATE-----\s*$/.test(value)
    ? undefined
    : {
        message: "the value is not a PEM certificate",
        value: "(a text)",
        allowed: "text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----",
        fix: "paste the certificate as a block of text (key: |)",
      },
);
