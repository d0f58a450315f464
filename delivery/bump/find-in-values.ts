import { isMap, isScalar } from "yaml";
import type { Document, YAMLMap } from "yaml";
import { referenceAt } from "./find-in-manifest";
import { isImageName } from "./image-name";
import type { Place, Spot, TagPlace } from "./place";
import { lookUp, lookUpText, maps, ownPair } from "./walk";

type MapSpot = Spot & { readonly map: YAMLMap };

/** How charts call the parts of one image within one map. */
interface Keys {
  /** The keys that may hold the name; the first that is there counts. */
  readonly names: readonly string[];
  readonly registries: readonly string[];
  readonly tag: string;
  readonly digest: string;
}

/** `repository` and `tag`; ingress-nginx writes `image` beside `tag`, others `name`. */
const ORDINARY: Keys = {
  names: ["repository", "image", "name"],
  registries: ["registry"],
  tag: "tag",
  digest: "digest",
};

/**
 * The images of a chart's values, at whatever depth: `image: {registry, repository, tag, digest}` under any name, entries
 * of lists, `image: name:tag`, and flat keys such as `imageRepository` and `imageTag`.
 */
export function findInValues(document: Document, root: Spot): Place[] {
  const top = root.nodes.at(-1);
  const common = isMap(top) ? lookUp(document, top, "global") : undefined;
  const shared = isMap(common) ? lookUpText(document, common, "imageRegistry") : undefined;
  return [...maps(root)].flatMap((spot) => {
    const flat = flatKeys(spot.map).flatMap((keys) => tagPlace(document, spot, keys, shared) ?? []);
    const ordinary = tagPlace(document, spot, ORDINARY, shared);
    // A repository whose tag is called imageTag is not also one without a tag.
    const isFlat = flat.some(({ after }) => after !== undefined && after === ordinary?.after);
    const tagged = ordinary === undefined || isFlat ? flat : [ordinary, ...flat];
    const whole = ["image", "reference"].flatMap((key) => {
      const isTagged = tagged.some((place) => place.after === ownPair(spot.map, key));
      return (isTagged ? undefined : referenceAt(spot, key)) ?? [];
    });
    return [...tagged, ...whole];
  });
}

/** The keys of each `xTag` in the map: `xRepository`, `xName`, `x`. */
function flatKeys(map: YAMLMap): Keys[] {
  const prefixes = map.items.flatMap(({ key }) => {
    const prefix = isScalar(key) ? /^(\w+)Tag$/.exec(String(key.value))?.[1] : undefined;
    return prefix === undefined ? [] : [prefix];
  });
  return prefixes.map((prefix) => ({
    names: [`${prefix}Repository`, `${prefix}Name`, prefix, ...(prefix === "image" ? ["repository"] : [])],
    registries: [`${prefix}Registry`, "registry"],
    tag: `${prefix}Tag`,
    digest: `${prefix}Digest`,
  }));
}

function tagPlace(document: Document, spot: MapSpot, keys: Keys, shared: string | undefined): TagPlace | undefined {
  const { map } = spot;
  const nameKey = keys.names.find((key) => lookUpText(document, map, key) !== undefined);
  const name = nameKey === undefined ? undefined : lookUpText(document, map, nameKey);
  if (nameKey === undefined || name === undefined || !isImageName(name)) return undefined;
  const tag = lookUp(document, map, keys.tag);
  // Only a repository is surely half an image: where it stands alone, the chart has a tag of its own for it.
  if (tag === undefined && !/repository$/i.test(nameKey)) return undefined;
  if (tag !== undefined && !isScalar(tag)) return undefined;
  const after = ownPair(map, nameKey);
  return {
    form: "tag",
    document: spot.document,
    path: [...spot.path, keys.tag],
    owner: spot.path,
    nodes: spot.nodes,
    names: namesOf(document, map, keys, name, shared),
    map,
    keys: { tag: keys.tag, digest: keys.digest },
    ...(after !== undefined && { after }),
  };
}

/** A registry for all images comes before the image's own, as in the charts of Bitnami; either finds it. */
function namesOf(
  document: Document,
  map: YAMLMap,
  keys: Keys,
  name: string,
  shared: string | undefined,
): readonly string[] {
  const own = keys.registries.map((key) => lookUpText(document, map, key)).find((one) => one !== undefined);
  const registries = [own, shared].filter((one) => one !== undefined);
  return registries.length === 0 ? [name] : registries.map((registry) => `${registry.replace(/\/+$/, "")}/${name}`);
}
