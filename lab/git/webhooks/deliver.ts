import { randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { rootCertificates } from "node:tls";
import type { Webhook } from "./webhook";

/** GitLab gives a receiver this long. */
const timeout = 10_000;

/** What became of a delivery: the receiver's status and the beginning of its words, or why there was no answer. */
export type Delivery = { readonly status: number; readonly answer: string } | { readonly error: string };

/**
 * Posts an event to a webhook as GitLab does.
 * @param ca PEM of the private authority, which is trusted beside the public ones
 */
export function deliver(webhook: Webhook, event: string, body: object, ca: string): Promise<Delivery> {
  const { url, token, enableSslVerification = true, headers = {} } = webhook;
  const text = JSON.stringify(body);
  return new Promise((resolve) => {
    const fail = (error: Error): void => {
      resolve({ error: error.message });
    };
    const options = {
      method: "POST",
      signal: AbortSignal.timeout(timeout),
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
        "user-agent": "GitLab",
        "x-gitlab-event": event,
        "x-gitlab-event-uuid": randomUUID(),
        ...(token !== undefined && { "x-gitlab-token": token }),
      },
    };
    const tls = { ca: [...rootCertificates, ca], rejectUnauthorized: enableSslVerification };
    const request = url.startsWith("https:") ? httpsRequest(url, { ...options, ...tls }) : httpRequest(url, options);
    request.on("error", fail);
    request.on("response", (response) => {
      let answer = "";
      response.setEncoding("utf8").on("data", (part: string) => (answer += part));
      response.on("error", fail);
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, answer: answer.trim().slice(0, 500) });
      });
    });
    request.end(text);
  });
}
