import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProcessIdentity } from "./identity";

/** What is remembered of a started process, so that another command finds it, judges it and stops it. */
export interface ProcessRecord {
  readonly name: string;
  readonly identity: ProcessIdentity;
  readonly command: string;
  readonly args: readonly string[];
  readonly log: string;
  /** The address that it listens on. @default 127.0.0.1 */
  readonly host?: string;
  readonly ports: readonly number[];
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly stopGrace?: number;
  /** The stage of its group in which it starts; later stages are stopped first. */
  readonly stage: number;
}

/**
 * A folder with one file for each process that was started and not stopped since. A record whose process is gone
 * tells that it died. Each file is replaced as a whole: a crash leaves the old one or the new one.
 */
export class RecordFolder {
  constructor(private readonly folder: string) {}

  save(record: ProcessRecord): void {
    mkdirSync(this.folder, { recursive: true });
    const file = this.fileOf(record.name);
    const draft = `${file}.${String(process.pid)}.new`;
    writeFileSync(draft, `${JSON.stringify(record, undefined, 2)}\n`);
    renameSync(draft, file);
  }

  /** All records, in the order in which the processes were started. */
  list(): ProcessRecord[] {
    let files: string[];
    try {
      files = readdirSync(this.folder);
    } catch {
      return [];
    }
    return files
      .filter((file) => file.endsWith(".json"))
      .map((file) => JSON.parse(readFileSync(join(this.folder, file), "utf8")) as ProcessRecord)
      .sort((a, b) => a.stage - b.stage || (a.name < b.name ? -1 : 1));
  }

  find(name: string): ProcessRecord | undefined {
    return this.list().find((record) => record.name === name);
  }

  remove(name: string): void {
    rmSync(this.fileOf(name), { force: true });
  }

  private fileOf(name: string): string {
    return join(this.folder, `${name}.json`);
  }
}
