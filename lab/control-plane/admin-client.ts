import { ApiClient } from "./api-client";
import { clientTls, pkiFiles } from "./pki";

/** A client that may do everything, for the API server of the lab whose keys the folder holds. Close it in the end. */
export function adminClient(server: string, pkiFolder: string): ApiClient {
  const { ca, admin } = pkiFiles(pkiFolder);
  return new ApiClient(server, clientTls(ca, admin));
}
