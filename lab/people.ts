import type { Person } from "../engine/model/person";

/** Everybody who uses the lab. One line more is one person more, everywhere. */
export const people: readonly Person[] = [
  { name: "ada", email: "ada@hearth.example", groups: ["admins", "researchers"] },
  { name: "grace", email: "grace@hearth.example", groups: ["researchers"] },
  { name: "linus", email: "linus@hearth.example", groups: ["developers"] },
];
