import { cryptographicDice, picked } from "./entropy";
import { integerOf, type Kind, keepers, stringOf } from "./kind";
import { adjectives, adverbs, animals } from "./pet-words";

/** RandomPet: a name of words, the last an animal, before it an adjective, before that adverbs. */
export const randomPet: Kind = {
  attributes: {
    keepers,
    length: { type: "integer", default: 2 },
    prefix: { type: "string" },
    separator: { type: "string", default: "-" },
  },
  computed: ["id"],
  secrets: [],
  generate: (plan) => {
    const length = integerOf(plan, "length");
    const words = [
      ...picked(adverbs, Math.max(length - 2, 0), cryptographicDice),
      ...picked(adjectives, length > 1 ? 1 : 0, cryptographicDice),
      ...picked(animals, 1, cryptographicDice),
    ];
    const prefix = stringOf(plan, "prefix");
    const id = [...(prefix === "" ? [] : [prefix]), ...words].join(stringOf(plan, "separator"));
    return { id, outputs: { ...plan, id } };
  },
};
