import { collection } from "./collection";
import type { Fields, Route } from "./route";

/** Users, roles and who may do what. */
export function accessRoutes(): readonly Route[] {
  const acl = new Map<string, Fields>();
  return [
    ...collection({
      path: "/access/users",
      key: "userid",
      shown: (fields) => ({ ...fields, enable: Number(fields["enable"] ?? 1), expire: 0, groups: [] }),
    }).routes,
    ...collection({
      path: "/access/roles",
      key: "roleid",
      shown: (fields) => Object.fromEntries((fields["privs"] ?? "").split(",").map((privilege) => [privilege, 1])),
    }).routes,
    {
      method: "GET",
      path: "/access/acl",
      answer: () =>
        [...acl.values()].map((it) => ({
          path: it["path"],
          roleid: it["roles"],
          ugid: it["users"],
          type: "user",
          propagate: Number(it["propagate"] ?? 1),
        })),
    },
    {
      method: "PUT",
      path: "/access/acl",
      answer: ({ form }) => {
        const key = `${form["path"]} ${form["users"]} ${form["roles"]}`;
        if (form["delete"] === "1") acl.delete(key);
        else acl.set(key, form);
      },
    },
  ];
}
