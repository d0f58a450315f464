/** A redeploy.yaml that says what has to be said, of a platform at this address. */
export const CONFIG = (url: string): string => `organisation: acme
project: shop
gitlab: { url: "${url}" }
app: { repository: api, url: "http://git.example/api.git" }
infra: { repository: deploy, url: "http://git.example/infra.git" }
image: registry.example/api
argocd: { url: "${url}" }
environments:
  dev: { files: [values.yaml] }
`;
