import { Argument, Command, Option } from "commander";
import { describe, expect, it, vi } from "vitest";
import { answer, type Answer } from "../../../../delivery/completion/answer";
import { shapeOf } from "../../../../delivery/completion/shape";

const root = shapeOf(
  new Command("factory")
    .helpOption("-h, --help")
    .addCommand(
      new Command("lab")
        .description("runs a lab")
        .addCommand(
          new Command("up")
            .option("--name <name>")
            .option("--state <dir>")
            .addOption(new Option("--installer <name>").choices(["kubespray", "kubeadm"]))
            .option("--offline", "fetches nothing"),
        )
        .addCommand(new Command("secret"), { hidden: true }),
    )
    .addCommand(
      new Command("validate")
        .option("-s, --stack <name>", "the stack; repeatable")
        .option("--json", "as JSON")
        .option("--watch [time]")
        .addOption(new Option("--inner <x>").hideHelp()),
    )
    .addCommand(new Command("promote").argument("[project...]").option("--from <environment>"))
    .addCommand(new Command("bump").argument("<file...>").option("--root <folder>"))
    .addCommand(new Command("completion").addArgument(new Argument("<shell>").choices(["bash", "zsh"]))),
);

const NAMES = {
  stack: ["dev", "prod"],
  project: ["acme/shop"],
  environment: ["dev"],
  rule: [],
  lab: ["lab"],
  command: [],
};

function complete(...words: string[]): readonly string[] | string {
  const found: Answer = answer(root, words, (kind) => NAMES[kind]);
  return typeof found === "string" ? found : found.map(({ word }) => word);
}

describe("Completion offers", () => {
  it.each([
    ["the commands", [""], ["lab", "validate", "promote", "bump", "completion", "help"]],
    ["a command that is begun", ["va"], ["validate"]],
    ["the commands of a command, without those that help hides", ["lab", ""], ["up", "help"]],
    ["the options of a command", ["lab", "up", "--"], ["--name", "--state", "--installer", "--offline", "--help"]],
    ["options once", ["lab", "up", "--offline", "--o"], []],
    ["options again that may be repeated", ["validate", "-s", "dev", "--s"], ["--stack"]],
    ["no option that help hides", ["validate", "--in"], []],
    ["an option's choices", ["lab", "up", "--installer", "kubea"], ["kubeadm"]],
    ["what an option of that name takes", ["validate", "--stack", ""], ["dev", "prod"]],
    ["the same behind its short name", ["validate", "-s", "p"], ["prod"]],
    ["the same behind an equals sign, with the option before", ["validate", "--stack=p"], ["--stack=prod"]],
    ["labs behind the --name of what runs labs", ["lab", "up", "--name", ""], ["lab"]],
    ["what a placeholder tells", ["promote", "--from", ""], ["dev"]],
    ["what an argument takes, also the second time", ["promote", "acme/shop", ""], ["acme/shop"]],
    ["an argument's choices", ["completion", ""], ["bash", "zsh"]],
    ["nothing where an argument is one too many", ["completion", "bash", ""], []],
    ["no value where it may be left out", ["validate", "--watch", "--j"], ["--json"]],
    ["arguments behind an option with its value", ["promote", "--from=dev", "ac"], ["acme/shop"]],
    ["no options behind two hyphens", ["promote", "--", "--f"], []],
    ["nothing behind an option that is not known", ["validate", "--nonsense="], []],
    ["files where files are meant", ["bump", ""], "files"],
    ["folders where folders are meant", ["bump", "--root", ""], "folders"],
    ["folders also behind an equals sign", ["bump", "--root="], "folders"],
  ])("%s", (_, words, expected) => {
    expect(complete(...words)).toEqual(expected);
  });

  it("each with what help says of it", () => {
    expect(answer(root, ["l"], () => [])).toEqual([{ word: "lab", description: "runs a lab" }]);
  });

  it("names in view of what stands before", () => {
    const names = vi.fn(() => []);
    answer(root, ["bump", "--root", "x", "y"], names);
    answer(root, ["validate", "--json", "--stack", ""], names);
    expect(names.mock.calls).toEqual([["stack", ["validate", "--json", "--stack"]]]);
  });
});
