import { merged, missing, numbered, Refused, type Fields, type Route } from "./route";

interface Shape {
  readonly path: string;
  /** The field that names a member. */
  readonly key: string;
  /** What the API shows, where that is not what it was given. */
  readonly shown?: (fields: Fields) => unknown;
  /** What a member has before anybody says so. */
  readonly initial?: Fields;
}

/** Things that are listed, made, read, changed and deleted, as most of the API's are. */
export function collection({ path, key, shown = numbered, initial = {} }: Shape): {
  readonly routes: readonly Route[];
  readonly members: Map<string, Fields>;
} {
  const members = new Map<string, Fields>();
  const member = (name: string): Fields => members.get(name) ?? raise(missing(`${path} '${name}'`));
  return {
    members,
    routes: [
      { method: "GET", path, answer: () => [...members.values()].map(shown) },
      {
        method: "POST",
        path,
        answer: ({ form }) => {
          const name = form[key] ?? raise(new Refused(400, `${key} is missing`));
          if (members.has(name)) throw new Refused(500, `${path} '${name}' already exists`);
          members.set(name, { ...initial, ...form });
        },
      },
      { method: "GET", path: `${path}/:name`, answer: (request) => shown(member(request.in["name"]!)) },
      {
        method: "PUT",
        path: `${path}/:name`,
        answer: (request) => void members.set(request.in["name"]!, merged(member(request.in["name"]!), request.form)),
      },
      {
        method: "DELETE",
        path: `${path}/:name`,
        answer: (request) => {
          member(request.in["name"]!);
          members.delete(request.in["name"]!);
        },
      },
    ],
  };
}

export function raise(problem: Error): never {
  throw problem;
}
