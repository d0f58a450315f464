const SECRET = /pass(?:word|wd|phrase)|secret|token|private[-_.]?key|api[-_.]?key|credential|kubeconfig|bearer/i;

/** Keys that tell about a secret, but hold none: `secretName`, `tokenExpiresAt`, `secret-type`. */
const ABOUT = /(?:name|ref|kind|type|id|at|from|until|days|policy|path|file|length)s?$/i;

/** The same few keys come again with every object. */
const known = new Map<string, boolean>();

/** Whether a key's value may be a secret by the key's name: `password`, `db.password`, `clientSecret`, `API_TOKEN`. */
export function isSecretKey(key: string): boolean {
  let answer = known.get(key);
  if (answer === undefined) known.set(key, (answer = SECRET.test(key) && !ABOUT.test(key)));
  return answer;
}
