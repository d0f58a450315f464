import formbody from "@fastify/formbody";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { parse } from "qs";
import { badParameters } from "./errors";

/** Room for a repository file of some megabytes as base64 in JSON. */
export const bodyLimit = 64 * 1024 * 1024;

/** Bodies as GitLab takes them: JSON, forms with brackets (`variables[NAME]=…`), and the same as multipart. */
export function acceptBodies(app: FastifyInstance): void {
  void app.register(formbody, { parser: parseForm, bodyLimit });
  app.addContentTypeParser("application/json", { parseAs: "string", bodyLimit }, (_, body, done) => {
    try {
      done(null, body === "" ? {} : JSON.parse(String(body)));
    } catch {
      done(badParameters("Invalid JSON body"));
    }
  });
  app.addContentTypeParser(
    "multipart/form-data",
    { parseAs: "buffer", bodyLimit },
    async (request: FastifyRequest, body: Buffer) => {
      const headers = { "content-type": request.headers["content-type"] ?? "" };
      const form = await new Response(new Uint8Array(body), { headers }).formData();
      const pairs: string[] = [];
      for (const [name, value] of form) {
        const text = typeof value === "string" ? value : Buffer.from(await value.arrayBuffer()).toString();
        pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
      }
      return parseForm(pairs.join("&"));
    },
  );
}

function parseForm(text: string): Record<string, unknown> {
  return parse(text, { depth: 5, arrayLimit: 1000, parameterLimit: 10_000 });
}
