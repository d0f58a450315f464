import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_clientAuth,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from "@peculiar/asn1-x509";
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";

/** A key and its certificate, both as PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** Who a certificate is for. Kubernetes takes the common name as the user, the organisations as its groups. */
export interface Subject {
  readonly commonName: string;
  readonly organisation?: string;
  /** Names and addresses that a server is reached by; without them it is a client's certificate only. */
  readonly hosts?: { readonly names: readonly string[]; readonly addresses: readonly string[] };
}

const hour = 3_600_000;
/** A lab's folder may lie about for long; kubeadm's authorities live as long. */
const lifetime = 10 * 365 * 24 * hour;
const ecdsaWithSha256 = "1.2.840.10045.4.3.2";
const objectIdentifiers = { commonName: "2.5.4.3", organisation: "2.5.4.10" };

/** A certificate authority with ECDSA P-256 keys, for one lab only. */
export class Authority {
  readonly pair: KeyPair;
  private readonly name: Name;
  private readonly keys: Keys;

  /** @param key PEM of the key that it goes on with; what it issues is then certified by its earlier certificate too */
  constructor(commonName: string, key?: string) {
    this.name = nameOf({ commonName });
    this.keys = key === undefined ? newKeys() : keysOf(createPrivateKey(key));
    const usage = KeyUsageFlags.digitalSignature | KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;
    this.pair = this.certify(this.name, this.keys, [
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: true }), true),
      extension(id_ce_keyUsage, new KeyUsage(usage), true),
    ]);
  }

  /** Makes a key and certifies it for a client and, when the subject has hosts, for a server too. */
  issue(subject: Subject): KeyPair {
    const purposes = [id_kp_clientAuth, ...(subject.hosts === undefined ? [] : [id_kp_serverAuth])];
    const extensions = [
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: false }), true),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), true),
      extension(id_ce_extKeyUsage, new ExtendedKeyUsage(purposes)),
    ];
    if (subject.hosts !== undefined) {
      const names = subject.hosts.names.map((dNSName) => new GeneralName({ dNSName }));
      const addresses = subject.hosts.addresses.map((iPAddress) => new GeneralName({ iPAddress }));
      extensions.push(extension(id_ce_subjectAltName, new SubjectAlternativeName([...names, ...addresses])));
    }
    return this.certify(nameOf(subject), newKeys(), extensions);
  }

  /** RFC 5280: what is signed is the DER form of the body; the signature names its algorithm inside and outside. */
  private certify(subject: Name, keys: Keys, extensions: Extension[]): KeyPair {
    const now = Date.now();
    const algorithm = new AlgorithmIdentifier({ algorithm: ecdsaWithSha256 });
    const issuerKey = new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyIdOf(this.keys)) });
    const body = new TBSCertificate({
      version: Version.v3,
      serialNumber: serialNumber(),
      signature: algorithm,
      issuer: this.name,
      // Somewhat before now, for clocks that are behind.
      validity: new Validity({ notBefore: new Date(now - hour), notAfter: new Date(now + lifetime) }),
      subject,
      subjectPublicKeyInfo: keys.info,
      extensions: new Extensions([
        ...extensions,
        extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdOf(keys))),
        extension(id_ce_authorityKeyIdentifier, issuerKey),
      ]),
    });
    const signature = sign("sha256", Buffer.from(AsnConvert.serialize(body)), this.keys.private);
    const certificate = new Certificate({
      tbsCertificate: body,
      signatureAlgorithm: algorithm,
      signatureValue: toArrayBuffer(signature),
    });
    const der = Buffer.from(AsnConvert.serialize(certificate)).toString("base64");
    const lines = der.match(/.{1,64}/g) ?? [];
    return {
      cert: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n"),
      key: keys.private.export({ type: "pkcs8", format: "pem" }).toString(),
    };
  }
}

/** A key that signs service accounts' tokens, and its public half. */
export function signingKey(): { readonly private: string; readonly public: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    private: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    public: publicKey.export({ type: "spki", format: "pem" }).toString(),
  };
}

interface Keys {
  readonly private: KeyObject;
  readonly info: SubjectPublicKeyInfo;
}

function newKeys(): Keys {
  return keysOf(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey);
}

function keysOf(privateKey: KeyObject): Keys {
  const info = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  return { private: privateKey, info: AsnConvert.parse(info, SubjectPublicKeyInfo) };
}

/** RFC 5280, 4.2.1.2, first method: the SHA-1 of the public key's bits. */
function keyIdOf(keys: Keys): ArrayBuffer {
  return toArrayBuffer(createHash("sha1").update(Buffer.from(keys.info.subjectPublicKey)).digest());
}

function nameOf(subject: Subject): Name {
  const part = (type: string, text: string): RelativeDistinguishedName =>
    new RelativeDistinguishedName([
      new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String: text }) }),
    ]);
  const { commonName, organisation } = subject;
  const organisations = organisation === undefined ? [] : [part(objectIdentifiers.organisation, organisation)];
  return new Name([...organisations, part(objectIdentifiers.commonName, commonName)]);
}

function extension(extnID: string, value: object, critical = false): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

/** Positive and of at most 20 bytes, as RFC 5280 wants it, so the highest bit is clear; and no leading zero byte. */
function serialNumber(): ArrayBuffer {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return toArrayBuffer(bytes);
}

/** A copy with a buffer of its own: small Buffers share one. */
function toArrayBuffer(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
