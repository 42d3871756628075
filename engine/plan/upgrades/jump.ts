import { coerce, compare, type SemVer } from "semver";
import type { Verdict } from "../change";
import { upgradePaths } from "./paths";
import type { UpgradePath } from "./upgrade-path";

/** An image that is replaced by another of the same repository. */
export interface ImageChange {
  readonly repository: string;
  readonly from: string;
  readonly to: string;
}

/** What the product's documentation says of going from one version to the other; undefined where nothing speaks against it. */
export function jump({ repository, from, to }: ImageChange): Pick<Verdict, "effect" | "says"> | undefined {
  const [was, is] = [coerce(from), coerce(to)];
  if (!was || !is) return undefined;
  const path = upgradePaths.find(({ image }) => image.test(repository));
  if (path === undefined) return undocumented(was, is);
  const verdict = (said: UpgradePath["beyond"]) => ({ effect: said.effect, says: `${path.product} ${from} → ${to}: ${said.because} (${path.source})` });
  if (goesBack(path, was, is)) return verdict(path.back);
  return goesTooFar(path, was, is) ? verdict(path.beyond) : undefined;
}

const goesBack = (path: UpgradePath, was: SemVer, is: SemVer): boolean =>
  is.major < was.major || (is.major === was.major && is.minor < was.minor && (path.minors !== undefined || path.stops !== undefined));

function goesTooFar(path: UpgradePath, was: SemVer, is: SemVer): boolean {
  if (is.major - was.major > path.majors) return true;
  if (path.stops !== undefined) return path.stops.some((stop) => skips(stop, was, is));
  return is.major === was.major && path.minors !== undefined && is.minor - was.minor > path.minors;
}

/** Whether the way leads over a stop of either major version without having stood on it. */
function skips(stop: number, was: SemVer, is: SemVer): boolean {
  return [was.major, is.major].some((major) => {
    const [here, there, at] = [was.major * 1000 + was.minor, is.major * 1000 + is.minor, major * 1000 + stop];
    return here < at && at < there;
  });
}

const undocumented = (was: SemVer, is: SemVer): Pick<Verdict, "effect" | "says"> | undefined => {
  if (compare(is, was) < 0 && (is.major !== was.major || is.minor !== was.minor)) return { effect: "live change", says: "it goes back to an earlier version: see whether it reads what the later one wrote" };
  return is.major > was.major ? { effect: "live change", says: "a new major version: read its release notes" } : undefined;
};
