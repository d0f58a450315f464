import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { UserError } from "../model/problem";
import type { Ports } from "./control-plane";
import type { Installer } from "./fixtures/installers";
import type { Layout } from "./layout";

/** What a lab keeps between its starts, in `lab.json`. Its presence is what makes a folder a lab's. */
export interface LabSettings {
  readonly format: 1;
  /** Whose cluster it looks like; its addresses are in the cluster's data, so that it never changes. */
  readonly installer: Installer;
  /** The same at every start while they are free, so that a kubeconfig stays valid. */
  readonly ports: Ports;
  /** The first three numbers of the addresses of the parts' servers; absent until a part was started. */
  readonly block?: string;
  /** Goes in front of PATH: the folders of the tools. */
  readonly binDirs: readonly string[];
  /** Whether the engine gets a double of some provider plugin, which it must not try to replace. */
  readonly hasDoubles: boolean;
  /** Encrypts the secrets of the lab's stacks. */
  readonly passphrase: string;
}

/** The settings of a lab; absent when the folder holds none. */
export function readSettings({ settings: file }: Layout): LabSettings | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  const settings = parse(text);
  if (settings?.format === 1) return settings;
  throw new UserError([
    {
      severity: "error",
      file,
      path: "",
      message: "the lab's settings cannot be read: they are damaged or of another version",
      fix: "stop what it runs and remove the folder: npx factory lab down --delete",
    },
  ]);
}

export function writeSettings({ settings: file }: Layout, settings: LabSettings): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(settings, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function parse(text: string): LabSettings | undefined {
  try {
    return JSON.parse(text) as LabSettings;
  } catch {
    return undefined;
  }
}
