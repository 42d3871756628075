import { fieldOf } from "../../model/manifest";
import type { HardeningControl, PodSecurityControl } from "../../model/pod-security";

/** What a pod breaks of one control. */
export interface Violation {
  readonly control: PodSecurityControl | HardeningControl;
  /** `container server: no memory limit`. */
  readonly found: string;
  /** Without an exemption: what would have to be set. */
  readonly fix: string;
  /** It follows from another control that is broken too: exempting that one is enough. */
  readonly implied: boolean;
}

/** The violation, where it holds. */
export const violation = (holds: boolean, control: Violation["control"], found: string, fix: string, implied = false): readonly Violation[] =>
  holds ? [{ control, found, fix, implied }] : [];

/** A field of a security context or probe that is unset, empty or zero says nothing. */
export const isSet = (value: unknown, ...path: readonly (string | number)[]): boolean => {
  const field = fieldOf(value, ...path);
  return field !== undefined && field !== null && field !== "" && field !== 0 && field !== false;
};

export const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
