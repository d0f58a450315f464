import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Acts as `go` does, as far as the toolchain asks: `env`, `build -o FOLDER/ PACKAGE…` (programs are named after the
 * last part of the package that is no major version) and `mod download -json`. Each call is a line in $FAKE/calls.
 * A build writes its pid to $FAKE/building, goes on once $FAKE_GATE exists or $FAKE is gone, and tells by $FAKE/ended that it was
 * stopped.
 */
const fakeGo = `#!/bin/sh
PATH=/usr/bin:/bin
echo "$1 $(basename "$PWD")" >> "$FAKE/calls"
case "$1" in
env)
  printf '%s\\n' "\${FAKE_GO_VERSION:-go1.26.8}" "\${FAKE_GOTOOLCHAIN-local}" "$FAKE/go-build" "$FAKE/mod"
  ;;
build)
  [ -n "$FAKE_STDERR" ] && echo "$FAKE_STDERR" >&2 && exit 1
  trap 'touch "$FAKE/ended"; exit 143' TERM
  echo $$ > "$FAKE/building"
  while [ -n "$FAKE_GATE" ] && [ -d "$FAKE" ] && [ ! -e "$FAKE_GATE" ]; do sleep 0.05; done
  while [ "$1" != -o ]; do shift; done
  folder=$2
  shift 2
  for package in "$@"; do
    echo "#!/bin/sh" > "$folder/$(echo "$package" | sed -E 's|/v[0-9]+$||; s|.*/||')"
  done
  ;;
mod)
  [ -n "$FAKE_MOD_ERROR" ] && printf '{"Error":"%s"}' "$FAKE_MOD_ERROR" && exit 1
  printf '{"Path":"%s","Dir":"%s"}' "$4" "$FAKE/mod"
  ;;
esac
`;

/** A home, a PATH of one folder and a cache of its own, in a temporary folder. */
export class FakeMachine {
  readonly root = mkdtempSync(join(tmpdir(), "toolchain-"));
  readonly cache = join(this.root, "cache");
  readonly bin = join(this.root, "bin");
  readonly env: NodeJS.ProcessEnv = {
    PATH: this.bin,
    HOME: this.root,
    GITOPS_FACTORY_CACHE: this.cache,
    FAKE: this.root,
  };

  constructor(options: { go: boolean } = { go: true }) {
    mkdirSync(this.bin);
    if (options.go) this.program("go", fakeGo);
  }

  /** Puts a program on PATH, or elsewhere; returns its path. */
  program(name: string, script: string, folder = this.bin): string {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, name);
    writeFileSync(path, script);
    chmodSync(path, 0o755);
    return path;
  }

  /** Puts a file into the module that the fake `go mod download` answers with. */
  moduleFile(path: string, content: string): void {
    const file = join(this.root, "mod", path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, content);
  }

  /** A file that builds can be made to wait for. */
  get gate(): string {
    return join(this.root, "gate");
  }

  /** The calls of `go` so far: `build etcd`, the command and the folder it ran in. */
  calls(command = ""): string[] {
    const file = join(this.root, "calls");
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, "utf8").trim().split("\n");
    return lines.filter((line) => line.startsWith(command));
  }

  /** The names in a folder of the cache, sorted; none when it is not there. */
  cached(folder: string): string[] {
    const path = join(this.cache, folder);
    return existsSync(path) ? readdirSync(path).sort() : [];
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A script that prints a text, as programs do that are asked for their version. */
export function printing(text: string): string {
  return `#!/bin/sh\necho '${text}'\n`;
}

/** The pid of a process that has ended. */
export function deadPid(): number {
  return spawnSync("/bin/true").pid;
}
