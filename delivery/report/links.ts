/** A URL that a page may link to: of the web, and without user and password. */
function webUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isOfTheWeb = url.protocol === "https:" || url.protocol === "http:";
  return isOfTheWeb && url.username === "" && url.password === "" ? url : undefined;
}

/**
 * Where Argo CD's console shows an Application; absent where Argo CD has no address.
 *
 * @param argocd `argocd.url` of the stack
 */
export function applicationLink(argocd: string | undefined, namespace: string, name: string): string | undefined {
  const url = argocd === undefined ? undefined : webUrl(argocd);
  if (url === undefined) return undefined;
  const path = ["applications", namespace, name].map(encodeURIComponent).join("/");
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}/${path}`;
}

/** Where a browser shows a repository; absent for SSH, and where an address holds more than an address. */
export function repositoryLink(repository: string): string | undefined {
  return webUrl(repository)?.href;
}

/** A repository's address as a page may show it: without user and password. `git@` of SSH is no secret, and stays. */
export function shownRepository(repository: string): string {
  if (!URL.canParse(repository)) return repository;
  const url = new URL(repository);
  const isSecret = url.password !== "" || (url.username !== "" && url.protocol !== "ssh:");
  if (!isSecret) return repository;
  url.username = "";
  url.password = "";
  return url.href;
}
