import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensurePrograms } from "../../lab/toolchain/debian-packages";
import { Terminal } from "./support/terminal";

/** The commands as a user has them: typed at a real terminal (tmux) into real shells. */

const root = join(__dirname, "..", "..");
const prompt = "factory-test> ";

let folder: string;
let tmux: string;
let open: Terminal;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gitops-factory-terminal-"));
  const programs = await ensurePrograms(["tmux", "zsh", "fish"]);
  tmux = programs.path("tmux");
  executable("factory", `#!/bin/sh\nexec ${process.execPath} ${join(root, "bin", "factory.js")} "$@"\n`);
  open = await shell("bash", "--norc", "--noprofile");
});

afterAll(async () => {
  await open.close();
  rmSync(folder, { recursive: true });
});

/** Puts a program where the shells find it first. */
function executable(name: string, script: string): void {
  const file = join(folder, name);
  writeFileSync(file, script);
  chmodSync(file, 0o755);
}

/** A `go` whose builds do not end by themselves: how long one takes depends on what the machine has built before. */
const waitingGo = `#!/bin/sh
[ "$1" = build ] || exec env PATH='${process.env["PATH"] ?? ""}' go "$@"
while [ -e "$0" ]; do sleep 0.1; done
`;

/** A shell that finds `factory`, with the prompt of this test. */
function shell(...command: readonly string[]): Promise<Terminal> {
  const env = {
    PATH: `${folder}:${process.env["PATH"] ?? ""}`,
    PS1: prompt,
    HISTFILE: "",
    GITOPS_FACTORY_CACHE: join(folder, "cache"),
  };
  return Terminal.open({ tmux, command, cwd: root, env });
}

let runs = 0;

/** Clears the screen, runs a command, and gives what is there once it has ended, with its exit code. */
async function ran(terminal: Terminal, command: string): Promise<{ screen: string; colours: string; code: number }> {
  // A number of its own, since the end of the one before is to be seen until the screen is cleared.
  runs += 1;
  const end = new RegExp(`^run ${String(runs)} ended with (\\d+)$`, "m");
  await terminal.enter(`clear; ${command}; echo "run ${String(runs)} ended with $?"`);
  const screen = await terminal.shows(end);
  return {
    screen,
    colours: await terminal.screen(true),
    code: Number(end.exec(screen)?.[1]),
  };
}

describe("At a terminal", () => {
  it("help fits 80 columns, has bold titles, and groups commands by what one wants to do", async () => {
    const { screen, colours, code } = await ran(open, "factory --help");
    expect(code).toBe(0);
    expect(screen).toContain("Check what is written:\n  validate");
    expect(colours).toContain("\u001b[1mCheck what is written:");
  });

  it("an error is red, and says what was meant", async () => {
    const { screen, colours, code } = await ran(open, "factory validate --stack dve");
    expect(code).toBe(1);
    expect(screen).toContain('fix:     did you mean "dev"?');
    expect(colours).toContain("\u001b[31merror");
  });

  it("NO_COLOR has the same text without colours", async () => {
    const { screen, colours } = await ran(open, "NO_COLOR=1 factory validate --stack dve");
    expect(screen).toContain("error: Pulumi.dve.yaml: the stack has no config file");
    expect(colours).not.toContain("\u001b[");
  });

  it("a table fits the terminal, also after it was resized", async () => {
    const wide = await ran(open, "factory doctor --stack dev --kubeconfig /nowhere");
    expect(wide.code).toBe(3);
    expect(wide.screen).toMatch(/^error\s+git\s+git\.acme\.example .* does not resolve, and$/m);
    await open.resize(40);
    const narrow = await ran(open, "factory doctor --stack dev --kubeconfig /nowhere");
    await open.resize(80);
    // Of a row, each column is a line of its own.
    expect(narrow.screen).toMatch(/^CHECK {5}git$/m);
  });

  it("what is redirected has neither colours nor lines that are taken back", async () => {
    const out = join(folder, "out");
    const { screen } = await ran(
      open,
      `factory lab status --state /nowhere >${out} 2>&1; factory doctor --stack dev --kubeconfig /nowhere >>${out} 2>&1; grep -c '[[:cntrl:]]' ${out}`,
    );
    expect(screen).toMatch(/^0$/m);
  });

  it("Ctrl-C in the middle of a command ends it with 130, leaves nothing, and gives the prompt a line of its own", async () => {
    executable("go", waitingGo);
    await open.enter(`clear; factory lab up --state ${folder}/lab; echo "ended with $?"`);
    await open.shows(/ … \d+s/);
    await open.press("C-c");
    await open.shows(/^ended with 130$/m);
    const after = await ran(open, `factory lab status --state ${folder}/lab; ps ax | grep -c '${folder}/[g]o build'`);
    expect(after.screen).toMatch(/^0$/m);
    expect(after.screen).not.toMatch(/ ready /);
  });
});

describe.each([
  ["bash", ["bash", "--norc", "--noprofile"], "."],
  ["zsh", ["zsh", "-f"], "autoload -U compinit; compinit -u -D; ."],
  ["fish", ["fish", "--no-config", "--private"], "source"],
] as const)("With the script of factory completion, %s completes by TAB", (name, command, source) => {
  let terminal: Terminal;

  beforeAll(async () => {
    terminal = await shell(...command);
    const script = join(folder, `completion.${name}`);
    await terminal.enter(`factory completion ${name} > ${script}; ${source} ${script}; echo rea''dy`);
    await terminal.shows(/^ready/m);
  });

  afterAll(async () => {
    await terminal.close();
  });

  it.each([
    ["a command", "factory vali", "factory validate"],
    ["an option behind npx", "npx factory lab up --inst", "npx factory lab up --installer"],
    ["a choice", "factory lab up --installer kubea", "factory lab up --installer kubeadm"],
    ["the name of a stack", "factory validate --stack sta", "factory validate --stack staging"],
    ["the same behind an equals sign", "factory validate --stack=sta", "factory validate --stack=staging"],
    ["a project", "factory status --project minis", "factory status --project ministere/demarches"],
    ["a file", "factory corefile docs/examples/Coref", "factory corefile docs/examples/Corefile"],
  ])("%s", async (_, begun, whole) => {
    await terminal.press("C-u", "C-l");
    await terminal.write(begun);
    await terminal.press("Tab");
    await terminal.shows(whole);
  });

  it("shows all that may follow", async () => {
    await terminal.press("C-u", "C-l");
    await terminal.write("factory lab ");
    await terminal.press("Tab");
    await terminal.press("Tab");
    const screen = await terminal.shows(/\bstatus\b/);
    for (const word of ["up", "down", "env"]) expect(screen).toMatch(new RegExp(`\\b${word}\\b`));
  });
});
