import type { Problem, Severity } from "./problem";

/** A place in a YAML document: its keys and indices from the root. */
export type Path = readonly (string | number)[];

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What a rule has to say about a value; the place is known to whoever asks the rule. */
export interface Finding {
  readonly message: string;
  readonly fix: string;
  readonly allowed?: string;
  /** Never a secret. */
  readonly value?: string;
}

/** Writes a path as people do: `repositories[0].url`. */
export function formatPath(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${String(step)}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(step)) text += text === "" ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** Gathers the problems of one file. */
export class Report {
  readonly problems: Problem[] = [];

  /**
   * @param file relative to the project's folder
   * @param locate finds a path in the file's text; absent where the values did not come from text
   */
  constructor(
    readonly file: string,
    private readonly locate: (path: Path) => Position | undefined = () => undefined,
  ) {}

  error(path: Path, finding: Finding): void {
    this.add("error", path, finding);
  }

  warning(path: Path, finding: Finding): void {
    this.add("warning", path, finding);
  }

  get hasErrors(): boolean {
    return this.problems.some(({ severity }) => severity === "error");
  }

  private add(severity: Severity, path: Path, finding: Finding): void {
    const position = this.locate(path);
    this.problems.push({
      severity,
      file: this.file,
      path: formatPath(path),
      ...(position !== undefined && { position }),
      ...finding,
    });
  }
}
