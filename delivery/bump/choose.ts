import type { Problem } from "../../model/problem";
import { formatPath } from "../../model/report";
import { suggest } from "../../model/suggest";
import { findPlaces } from "./find";
import { findByPath } from "./find-by-path";
import { fullName } from "./image-name";
import { isSamePath, parsePath, type ChosenPath } from "./path";
import type { Place, Source } from "./place";
import type { Request } from "./wanted";

/** The places that a request means in a file; every mistake is a problem. */
export interface Choice {
  readonly places: readonly Place[];
  readonly problems: readonly Problem[];
}

export function choosePlaces(source: Source, { image, paths }: Request): Choice {
  const all = findPlaces(source);
  if (paths.length === 0) return chooseByName(source, all, image ?? "");
  const choices = paths.map((text) => chooseByPath(source, all, text, image));
  const places = choices.flatMap((choice) => choice.places);
  const isFirst = (place: Place, index: number) =>
    places.findIndex((other) => other.document === place.document && isSamePath(other.path, place.path)) === index;
  return { places: places.filter(isFirst), problems: choices.flatMap(({ problems }) => problems) };
}

/** A path as `--path` takes it. */
export function pathText(
  { documents }: Pick<Source, "documents">,
  { document, path }: Pick<Place, "document" | "path">,
): string {
  return `${documents.length > 1 ? `${String(document + 1)}:` : ""}${formatPath(path)}`;
}

function isNamed({ names }: Place, image: string): boolean {
  return names.some((name) => fullName(name) === fullName(image));
}

function chooseByName(source: Source, all: readonly Place[], image: string): Choice {
  const places = all.filter((place) => isNamed(place, image));
  if (places.length === 1) return { places, problems: [] };
  return {
    places: [],
    problems: [places.length === 0 ? notFound(source, all, image) : several(source, places, image)],
  };
}

function chooseByPath(source: Source, all: readonly Place[], text: string, image: string | undefined): Choice {
  const chosen = parsePath(text);
  const problem = (rest: Omit<Problem, "severity" | "file" | "path" | "value">): Choice => ({
    places: [],
    problems: [{ severity: "error", file: source.file, path: "--path", value: text, ...rest }],
  });
  if (chosen === undefined) {
    return problem({
      message: "this is no path",
      allowed: 'keys and indices from the root: image.tag, images[0], ["a.b"].tag; 2:image.tag in the second document',
      fix: "correct the path",
    });
  }
  const places = placesAt(source, all, chosen);
  const [place] = places;
  if (place === undefined) {
    const known = all.map((one) => pathText(source, one));
    const near = suggest(text, known);
    return problem({
      message: "no image and no tag is at this path",
      allowed: known.length === 0 ? "the path of an image or a tag; none was recognised here" : listed(source, all),
      fix: near === undefined ? "correct the path" : `did you mean --path '${near}'?`,
    });
  }
  if (places.length > 1) {
    return problem({
      message: `${String(places.length)} places have this path`,
      allowed: listed(source, places),
      fix: `choose one: --path '${pathText(source, place)}'`,
    });
  }
  if (image !== undefined && place.names.length > 0 && !isNamed(place, image)) {
    return problem({
      message: "another image is at this path",
      allowed: `the path of ${image}; this one is of ${place.names.join(" or ")}`,
      fix: "correct --path or --image",
    });
  }
  return { places, problems: [] };
}

/** The version's own path comes before that of what it belongs to. */
function placesAt(source: Source, all: readonly Place[], chosen: ChosenPath): readonly Place[] {
  const inDocument = all.filter(({ document }) => chosen.document === undefined || document === chosen.document);
  const exact = inDocument.filter(({ path }) => isSamePath(path, chosen.path));
  if (exact.length > 0) return exact;
  const owned = inDocument.filter(({ owner }) => isSamePath(owner, chosen.path));
  if (owned.length > 0) return owned;
  const parts = inDocument.filter(
    ({ form, owner }) => (form === "kustomization" || form === "tag") && isSamePath(owner, chosen.path.slice(0, -1)),
  );
  const last = String(chosen.path.at(-1));
  const isPart = (place: Place) =>
    place.form === "kustomization"
      ? ["name", "newName", "newTag", "digest"].includes(last)
      : place.form === "tag" && last === place.keys.digest;
  const whole = parts.filter(isPart);
  return whole.length > 0 ? whole : findByPath(source, chosen);
}

function listed(source: Source, places: readonly Place[]): string {
  const shown = places
    .slice(0, 20)
    .map((place) => `${pathText(source, place)} (${place.names.join(" or ") || "a tag"})`);
  return [...shown, ...(places.length > 20 ? [`and ${String(places.length - 20)} more`] : [])].join(", ");
}

function several(source: Source, places: readonly Place[], image: string): Problem {
  const [first] = places;
  return {
    severity: "error",
    file: source.file,
    path: "",
    value: listed(source, places),
    message: `${image} stands here at ${String(places.length)} places`,
    allowed: "one place, or those that --path names; it can be given several times",
    fix: `choose: --path '${first === undefined ? "" : pathText(source, first)}'`,
  };
}

function notFound(source: Source, all: readonly Place[], image: string): Problem {
  const names = [...new Set(all.flatMap((place) => place.names))];
  const near = suggest(image, names) ?? names.find((name) => name.endsWith(`/${image}`));
  const shown = [...names.slice(0, 20), ...(names.length > 20 ? [`and ${String(names.length - 20)} more`] : [])];
  return {
    severity: "error",
    file: source.file,
    path: "",
    value: names.length === 0 ? "no image" : shown.join(", "),
    message: `the image ${image} is not in this file`,
    allowed: "an image's name as it stands in the file, without tag; the short names of Docker Hub match the long ones",
    fix:
      near === undefined
        ? "correct --image, or choose the place by --path if the file holds its tag alone"
        : `did you mean "${near}"?`,
  };
}
