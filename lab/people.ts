import type { Person } from "../engine/model/person";

/** Everybody who uses the lab. One line more is one person more, everywhere. */
export const people: readonly Person[] = [
  {
    name: "ada",
    email: "ada@hearth.example",
    groups: ["admins", "researchers"],
    // Opens every machine that Ansible sets up.
    sshKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleOfAKeyThatNobodyHasTheOtherHalfOf00 ada"],
  },
  { name: "grace", email: "grace@hearth.example", groups: ["researchers"] },
  { name: "linus", email: "linus@hearth.example", groups: ["developers"] },
];
