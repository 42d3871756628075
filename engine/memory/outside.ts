import type { Lab } from "../model/lab";
import type { Release } from "../model/release";
import { resolve, worldOf, type World } from "../model/resolve";
import { Reader, telling, withoutPlace, type Read } from "./reads";

/** A release by what machines, networks and stores outside the clusters follow from: not by what its pods are made from. */
export function seenFromOutside(release: Release) {
  const { settings: _settings, sources: _sources, images: _images, placement, ...rest } = withoutPlace(release);
  const { settings: _given, ...place } = placement;
  return { ...rest, placement: place };
}

/** Makes something of a lab outside its clusters, and notes what it reads besides what {@link seenFromOutside} tells. */
export function fromOutside<Made>(lab: Lab, make: (lab: Lab, world: World) => Made): { readonly made: Made; readonly reads: readonly Read[] } {
  const reader = new Reader(lab);
  const reads = new Set<Read>();
  const { world } = resolve(reader.lab);
  const tellingOf = (read: (release: Release) => Read) => (release: Release): Release => {
    const tell = () => reads.add(read(release));
    return telling({ ...release, placement: telling(release.placement, { settings: tell }) }, { settings: tell, sources: tell, images: tell });
  };
  const told = worldOf(reader.lab, world.releases.map(tellingOf(({ address }) => `release:${address}`)), world.retired.map(tellingOf(() => "all retired:")));
  return { made: reader.during(reads, () => make(reader.lab, told)), reads: [...reads] };
}
