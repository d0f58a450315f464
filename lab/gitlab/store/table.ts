import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** What every record has. Ids count up from 1 in each table and are never given out again. */
export interface Identified {
  readonly id: number;
}

interface Saved<T> {
  readonly next: number;
  readonly records: readonly T[];
}

/**
 * The records of one kind, in memory and in one file. The file is replaced as a whole at each change, so that a process
 * that is killed leaves the state before or after it.
 */
export class Table<T extends Identified> {
  readonly #file: string;
  readonly #records: Map<number, T>;
  #next: number;

  constructor(file: string) {
    this.#file = file;
    const saved = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Saved<T>) : { next: 1, records: [] };
    this.#next = saved.next;
    this.#records = new Map(saved.records.map((record) => [record.id, record]));
  }

  /** All records by rising id. */
  all(): T[] {
    return [...this.#records.values()];
  }

  get(id: number): T | undefined {
    return this.#records.get(id);
  }

  /** The record of an id that another record names. Throws when there is none: the state is then broken. */
  need(id: number): T {
    const record = this.#records.get(id);
    if (record === undefined) throw new Error(`${this.#file}: no record ${String(id)}`);
    return record;
  }

  where(test: (record: T) => boolean): T[] {
    return this.all().filter(test);
  }

  find(test: (record: T) => boolean): T | undefined {
    for (const record of this.#records.values()) if (test(record)) return record;
    return undefined;
  }

  /** Takes an id from the table's sequence without a record: another kind shares the sequence. */
  reserveId(): number {
    const id = this.#next;
    this.#next += 1;
    this.#save();
    return id;
  }

  insert(fields: Omit<T, "id">): T {
    const record = { id: this.#next, ...fields } as T;
    this.#next += 1;
    this.#records.set(record.id, record);
    this.#save();
    return record;
  }

  /** Replaces some fields; those that are undefined in `changes` stay as they are. */
  update(id: number, changes: { readonly [K in keyof Omit<T, "id">]?: T[K] | undefined }): T {
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    const record = { ...this.need(id), ...Object.fromEntries(given) };
    this.#records.set(id, record);
    this.#save();
    return record;
  }

  remove(id: number): void {
    if (this.#records.delete(id)) this.#save();
  }

  removeWhere(test: (record: T) => boolean): void {
    const before = this.#records.size;
    for (const record of this.where(test)) this.#records.delete(record.id);
    if (this.#records.size !== before) this.#save();
  }

  #save(): void {
    const saved: Saved<T> = { next: this.#next, records: this.all() };
    writeFileSync(`${this.#file}.new`, JSON.stringify(saved), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}
