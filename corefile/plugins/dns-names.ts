import type { Word } from "../corefile";
import { Refusal } from "./check";

/** Names that miekg/dns 1.1.72 knows, as CoreDNS 1.14.2 pins it. */
const CODES =
  "NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP NOTIMPL REFUSED YXDOMAIN YXRRSET NXRRSET NOTAUTH NOTZONE DSOTYPENI " +
  "BADSIG BADKEY BADTIME BADMODE BADNAME BADALG BADTRUNC BADCOOKIE";

const TYPES =
  "A AAAA AFSDB AMTRELAY ANY APL ATMA AVC AXFR CAA CDNSKEY CDS CERT CNAME CSYNC DHCID DLV DNAME DNSKEY DS EID EUI48 " +
  "EUI64 GID GPOS HINFO HIP HTTPS IPSECKEY ISDN IXFR KEY KX L32 L64 LOC LP MAILA MAILB MB MD MF MG MINFO MR MX NAPTR " +
  "NID NIMLOC NINFO NS NSEC NSEC3 NSEC3PARAM NULL NXT OPENPGPKEY OPT PTR PX RKEY RP RRSIG RT SIG SMIMEA SOA SPF SRV " +
  "SSHFP SVCB TA TALINK TKEY TLSA TSIG TXT UID UINFO UNSPEC URI X25 ZONEMD NSAP-PTR";

const CLASSES = "IN CS CH HS NONE ANY";

const codes = new Set(CODES.split(" "));
const types = new Set(TYPES.split(" "));
const classes = new Set(CLASSES.split(" "));

/** A response code in either case, as `forward` and `rewrite` take it. */
export function responseCode(word: Word | undefined): void {
  known(codes, word?.text.toUpperCase(), word, "a response code such as NXDOMAIN");
}

/** A response code in capitals, as `template` takes it. */
export function exactResponseCode(word: Word | undefined): void {
  known(codes, word?.text, word, "a response code such as NXDOMAIN");
}

export function recordType(word: Word | undefined, text = word?.text): void {
  known(types, text, word, "a record type such as A or SRV");
}

export function queryClass(word: Word | undefined, text = word?.text): void {
  known(classes, text, word, CLASSES.replaceAll(" ", ", "));
}

function known(names: ReadonlySet<string>, text: string | undefined, word: Word | undefined, allowed: string): void {
  if (!names.has(text ?? "")) throw new Refusal("the name is unknown", word, allowed);
}
