import type { Lab } from "../engine/model/lab";

/** The public keys that open every machine: those of the lab's admins. */
export const adminKeys = ({ people }: Lab): readonly string[] =>
  people.filter(({ groups }) => groups.includes("admins")).flatMap(({ sshKeys = [] }) => sshKeys);
