import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLab, type Lab } from "../../../lab/lab";
import { type Layout, layoutOf } from "../../../lab/layout";
import { configCarrier } from "../../../lab/pods/config-carrier";
import { logTail, RecordFolder, startGroup, stopProcess } from "../../../lab/process";
import { type LabSettings, readSettings } from "../../../lab/settings";
import { ensureTools } from "../../../lab/toolchain";
import { runKubectl } from "../../engine/support/kubectl";
import { eventually } from "../support/eventually";

const folder = mkdtempSync(join(tmpdir(), "gitops-factory-carrier-"));
const mounted = join(folder, "mounted");
const optional = join(folder, "optional");
let lab: Lab;
let layout: Layout;
let kubectl: (...args: string[]) => Promise<string>;

beforeAll(async () => {
  lab = await createLab({ stateDir: join(folder, "lab") });
  layout = layoutOf(lab.stateDir);
  const cluster = { kubeconfig: lab.kubeconfig, kubectl: (await ensureTools(["kubectl"])).path("kubectl") };
  kubectl = (...args) => runKubectl(cluster, args);
  await kubectl("create", "configmap", "sample", "--from-literal=known=one", "--from-literal=other=x");
  const carrier = configCarrier(
    { layout, settings: readSettings(layout) as LabSettings },
    {
      name: "sample-config",
      address: "127.76.4.1",
      mounts: [
        { namespace: "default", configMap: "sample", folder: mounted, items: { known: "hosts" } },
        { namespace: "default", configMap: "later", folder: optional, optional: true },
      ],
    },
  );
  await startGroup([[carrier]], new RecordFolder(layout.records), { lifetime: "attached", firstStage: 10 });
});

afterAll(async () => {
  await lab.destroy();
  rmSync(folder, { recursive: true, force: true });
});

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function untilFile(file: string, text: string | undefined): Promise<true> {
  return eventually(
    () => Promise.resolve(read(file) === text ? true : undefined),
    () => [`${file} holds ${String(read(file))}`, ...logTail(join(layout.logs, "sample-config.log"), 20)].join("\n"),
  );
}

const patch = (value: string): Promise<string> =>
  kubectl("patch", "configmap", "sample", "-p", JSON.stringify({ data: { known: value } }));

describe("ConfigMaps in the files of a pod", () => {
  it("are there when the carrier is ready: the wanted keys, each under its file's name", () => {
    expect(read(join(mounted, "hosts"))).toBe("one");
    expect(read(join(mounted, "other"))).toBeUndefined();
    expect(existsSync(optional)).toBe(true);
  });

  it("follow a change", async () => {
    await patch("two");
    await untilFile(join(mounted, "hosts"), "two");
  });

  it("appear when an optional one is made, and go with it", async () => {
    await kubectl("create", "configmap", "later", "--from-literal=a=b");
    await untilFile(join(optional, "a"), "b");
    await kubectl("delete", "configmap", "later");
    await untilFile(join(optional, "a"), undefined);
  });

  it("follow again after the API server was killed and came back", async () => {
    const record = new RecordFolder(layout.records).find("kube-apiserver");
    if (record === undefined) throw new Error("no API server");
    await stopProcess(record.identity, 0);
    await createLab({ stateDir: lab.stateDir });
    await patch("three");
    await untilFile(join(mounted, "hosts"), "three");
  });

  it("stay as they were when one that is not optional is deleted, as in a pod that runs", async () => {
    await kubectl("delete", "configmap", "sample");
    await kubectl("create", "configmap", "later", "--from-literal=a=c");
    await untilFile(join(optional, "a"), "c");
    expect(read(join(mounted, "hosts"))).toBe("three");
    await kubectl("create", "configmap", "sample", "--from-literal=known=four");
    await untilFile(join(mounted, "hosts"), "four");
  });
});
