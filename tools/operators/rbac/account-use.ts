import type { Asked } from "./asked";
import type { Account } from "./granted";
import { covers, describePermission, type Permission } from "./permission";

/** What became of an account's rights in a run. */
export interface AccountUse {
  readonly account: Account;
  /** Granted, and asked for. */
  readonly used: readonly string[];
  /** Granted, and never asked for. */
  readonly unused: readonly string[];
  /** Asked for, and refused. */
  readonly denied: readonly string[];
  /** Refused for a reason that is known: the program is not the version that our manifests deploy. */
  readonly excused: readonly string[];
}

/** A refusal that is no fault of our roles. */
export interface Excuse {
  readonly permission: Partial<Permission>;
  readonly because: string;
}

/** Compares what an account was given with what it asked for. */
export function accountUse(account: Account, granted: readonly Permission[], asked: readonly Asked[], excuses: readonly Excuse[] = []): AccountUse {
  const isAsked = (grant: Permission): boolean => asked.some(({ permission, denied }) => !denied && covers(grant, permission));
  // client-go since 0.35 lists through a watch, and falls back to a list where the server cannot.
  const isUsed = (grant: Permission): boolean => isAsked(grant) || (grant.verb === "list" && isAsked({ ...grant, verb: "watch" }));
  const refused = asked.filter(({ denied }) => denied);
  const excuseOf = ({ permission }: Asked): Excuse | undefined => excuses.find((excuse) => isPartOf(excuse.permission, permission));
  return {
    account,
    used: lines(granted.filter(isUsed).map(describePermission)),
    unused: lines(granted.filter((grant) => !isUsed(grant)).map(describePermission)),
    denied: lines(refused.filter((each) => excuseOf(each) === undefined).map((each) => `${describePermission(each.permission)}: ${each.message}`)),
    excused: lines(refused.flatMap((each) => `${describePermission({ ...each.permission, name: "" })}: ${excuseOf(each)?.because ?? ""}`).filter((line) => !line.endsWith(": "))),
  };
}

function isPartOf(excused: Partial<Permission>, permission: Permission): boolean {
  return Object.entries(excused).every(([field, value]) => Object.entries(permission).some(([other, actual]) => other === field && actual === value));
}

const lines = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();
