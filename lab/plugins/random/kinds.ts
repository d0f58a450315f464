import { randomInteger, randomShuffle } from "./choices";
import { randomBytes, randomId, randomUuid, randomUuid7 } from "./identifiers";
import type { Kind } from "./kind";
import { randomPet } from "./pet";
import { randomPassword, randomString } from "./text";

/** The resource types of the package by their token. */
export const kinds: ReadonlyMap<string, Kind> = new Map([
  ["random:index/randomBytes:RandomBytes", randomBytes],
  ["random:index/randomId:RandomId", randomId],
  ["random:index/randomInteger:RandomInteger", randomInteger],
  ["random:index/randomPassword:RandomPassword", randomPassword],
  ["random:index/randomPet:RandomPet", randomPet],
  ["random:index/randomShuffle:RandomShuffle", randomShuffle],
  ["random:index/randomString:RandomString", randomString],
  ["random:index/randomUuid:RandomUuid", randomUuid],
  ["random:index/randomUuid4:RandomUuid4", randomUuid],
  ["random:index/randomUuid7:RandomUuid7", randomUuid7],
]);
