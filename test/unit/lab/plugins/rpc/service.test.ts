import { ResourceProviderService as engine } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { status } from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type CreateRequest, type Provider, Secret } from "../../../../../lab/plugins/rpc";
import { ask, serve, stopAll, urn } from "./served";
import { fromStruct, toStruct } from "./structs";

afterEach(stopAll);

describe("a served provider", () => {
  it("hands a creation over with type, name, inputs and timeout, and sends the outputs back", async () => {
    let given: CreateRequest | undefined;
    const client = await serve({
      create: (request) => {
        given = request;
        return Promise.resolve({ id: "x1", outputs: { password: new Secret("p"), n: 1 } });
      },
    });
    const request = new messages.CreateRequest()
      .setUrn(urn)
      .setTimeout(90)
      .setProperties(toStruct({ n: 1 }));
    const response = await ask(client, engine.create, request);
    expect(given).toEqual({
      urn,
      type: "random:index/randomId:RandomId",
      name: "a::b",
      inputs: { n: 1 },
      preview: false,
      timeoutSeconds: 90,
    });
    expect(response.getId()).toBe("x1");
    expect((fromStruct(response.getProperties())["password"] as Secret).value).toBe("p");
  });

  it("names old outputs, old inputs and new inputs by what they are", async () => {
    const diff = vi.fn<Provider["diff"]>(() => Promise.resolve({ changes: "none" }));
    const client = await serve({ diff });
    const request = new messages.DiffRequest()
      .setUrn(urn)
      .setId("x1")
      .setOlds(toStruct({ what: "old outputs" }))
      .setOldInputs(toStruct({ what: "old inputs" }))
      .setNews(toStruct({ what: "new inputs" }))
      .setIgnorechangesList(["a"]);
    const response = await ask(client, engine.diff, request);
    expect(diff.mock.calls[0]?.[0]).toMatchObject({
      id: "x1",
      oldOutputs: { what: "old outputs" },
      oldInputs: { what: "old inputs" },
      newInputs: { what: "new inputs" },
      ignoreChanges: ["a"],
    });
    expect(response.getChanges()).toBe(messages.DiffResponse.DiffChanges.DIFF_NONE);
    expect(response.getHasdetaileddiff()).toBe(false);
  });

  it("sends a detailed diff with what it replaces", async () => {
    const client = await serve({
      diff: () =>
        Promise.resolve({
          changes: "some",
          replaces: ["a"],
          diffs: ["a"],
          deleteBeforeReplace: true,
          detailedDiff: { "a.b[0]": { kind: "update-replace" }, c: { kind: "add", inputDiff: false } },
        }),
    });
    const response = await ask(client, engine.diff, new messages.DiffRequest().setUrn(urn));
    expect(response.toObject()).toMatchObject({
      changes: messages.DiffResponse.DiffChanges.DIFF_SOME,
      replacesList: ["a"],
      diffsList: ["a"],
      deletebeforereplace: true,
      hasdetaileddiff: true,
      detaileddiffMap: [
        ["a.b[0]", { kind: messages.PropertyDiff.Kind.UPDATE_REPLACE, inputdiff: true }],
        ["c", { kind: messages.PropertyDiff.Kind.ADD, inputdiff: false }],
      ],
    });
  });

  it("sends failed checks as a list, not as an error", async () => {
    const client = await serve({
      check: ({ newInputs }) =>
        Promise.resolve({ inputs: newInputs, failures: [{ property: "length", reason: "too short" }] }),
    });
    const response = await ask(client, engine.check, new messages.CheckRequest().setUrn(urn));
    expect(response.toObject().failuresList).toEqual([{ property: "length", reason: "too short" }]);
  });

  it("accepts secrets and previews, and tells its version", async () => {
    const client = await serve({ configure: () => Promise.resolve() });
    const handshake = await ask(client, engine.handshake, new messages.ProviderHandshakeRequest());
    expect(handshake.toObject()).toMatchObject({ acceptSecrets: true, acceptResources: false, acceptOutputs: false });
    const configured = await ask(client, engine.configure, new messages.ConfigureRequest());
    expect(configured.toObject()).toMatchObject({ acceptsecrets: true, supportspreview: true });
    const info = await ask(client, engine.getPluginInfo, new Empty());
    expect(info.getVersion()).toBe("1.2.3");
  });

  it("passes the provider's own configuration through when nobody checks it", async () => {
    const client = await serve({});
    const request = new messages.CheckRequest().setUrn(urn).setNews(toStruct({ context: "lab" }));
    const response = await ask(client, engine.checkConfig, request);
    expect(fromStruct(response.getInputs())).toEqual({ context: "lab" });
  });

  it("calls what it does not offer unimplemented, so that the engine falls back", async () => {
    const client = await serve({});
    const unimplemented = { code: status.UNIMPLEMENTED };
    await expect(ask(client, engine.diffConfig, new messages.DiffRequest().setUrn(urn))).rejects.toMatchObject(
      unimplemented,
    );
    await expect(ask(client, engine.construct, new messages.ConstructRequest())).rejects.toMatchObject(unimplemented);
    await expect(ask(client, engine.invoke, new messages.InvokeRequest().setTok("a:b:c"))).rejects.toMatchObject({
      ...unimplemented,
      details: "unknown function a:b:c",
    });
  });

  it("carries objects beyond gRPC's usual four mebibytes, both ways", async () => {
    const client = await serve({ create: ({ inputs }) => Promise.resolve({ id: "x", outputs: inputs }) });
    const text = "x".repeat(5 * 1024 * 1024);
    const request = new messages.CreateRequest().setUrn(urn).setProperties(toStruct({ text }));
    const response = await ask(client, engine.create, request);
    expect(fromStruct(response.getProperties())["text"]).toHaveLength(text.length);
  });
});
