import { type Command, InvalidArgumentError } from "commander";

/**
 * Refuses an option with two different values, unless it gathers all of them. The last one would count otherwise, and
 * `factory apply -s dev -s prod` would say nothing of dev.
 */
export function refuseTwice(command: Command): void {
  for (const option of command.options) {
    if (option.isBoolean() || option.negate || option.variadic) continue;
    const read: unknown = option.parseArg;
    option.argParser((value: string, before: unknown) => {
      const now: unknown = typeof read === "function" ? read(value, before) : value;
      const isSecond = command.getOptionValueSource(option.attributeName()) === "cli";
      if (isSecond && !Array.isArray(now) && now !== before) {
        throw new InvalidArgumentError("The option is given twice, with different values.");
      }
      return now;
    });
  }
}
