import type { FastifyRequest } from "fastify";
import { describe, expect, it } from "vitest";
import { ApiError } from "../../../../lab/gitlab/http/errors";
import {
  date,
  flag,
  hash,
  integer,
  list,
  nullable,
  oneOf,
  required,
  text,
  validate,
} from "../../../../lab/gitlab/http/validate";

function request(url: string, body?: object): FastifyRequest {
  return { url, body } as unknown as FastifyRequest;
}

function refusal(act: () => unknown): object | string {
  try {
    act();
  } catch (error) {
    if (error instanceof ApiError) return error.body;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("the parameters of a request to the double", () => {
  it("come from the query and the body, as text or as what they are", () => {
    const shape = { page: integer, on: flag, name: text, scopes: list(text), filter: hash, day: date };
    expect(validate(request("/x?page=2&on=true&filter[a]=b"), shape)).toEqual({
      page: 2,
      on: true,
      filter: { a: "b" },
    });
    const body = { page: 3, on: false, name: "n", scopes: ["a", "b"], day: "2026-03-01T10:00:00Z", other: 1 };
    expect(validate(request("/x", body), shape)).toEqual({
      page: 3,
      on: false,
      name: "n",
      scopes: ["a", "b"],
      day: "2026-03-01",
    });
    expect(validate(request("/x?scopes=a,b"), shape)).toEqual({ scopes: ["a", "b"] });
  });

  it("tell null and nothing apart where that makes a difference", () => {
    const shape = { expires_at: nullable(date), name: text };
    expect(validate(request("/x", { expires_at: null, name: null }), shape)).toEqual({ expires_at: null });
    expect(validate(request("/x", {}), shape)).toEqual({});
  });

  it("are refused all at once, in the words of grape", () => {
    const shape = { name: required(text), visibility: oneOf("private", "public"), page: integer };
    expect(refusal(() => validate(request("/x?visibility=secret&page=two"), shape))).toEqual({
      error: "name is missing, visibility does not have a valid value, page is invalid",
    });
  });

  it("do not come from what every object has", () => {
    expect(refusal(() => validate(request("/x", {}), { constructor: required(text) }))).toEqual({
      error: "constructor is missing",
    });
  });
});
