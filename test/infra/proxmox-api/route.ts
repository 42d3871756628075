/** What a request carries: its form's fields, and what stood in the path. */
export interface Request {
  readonly form: Fields;
  readonly in: Readonly<Record<string, string>>;
}

export type Fields = Readonly<Record<string, string>>;

/** One call of the API: `GET /nodes/:node/qemu/:id/config`. What it returns becomes `data`; what it throws, an error. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly answer: (request: Request) => unknown;
}

/** The API's own way to say no: a status, and words that the provider looks for. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const missing = (what: string): Refused => new Refused(500, `${what} does not exist`);

/** Fields in the place of earlier ones; `delete` names those that go. */
export function merged(before: Fields, { delete: gone = "", digest: _digest, ...given }: Fields): Fields {
  const leaving = new Set(gone.split(",").filter(Boolean));
  return Object.fromEntries(Object.entries({ ...before, ...given }).filter(([key]) => !leaving.has(key)));
}

/** As the API writes them in JSON: numbers bare. */
export const numbered = (fields: Fields): Readonly<Record<string, string | number>> =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, /^\d{1,15}$/.test(value) ? Number(value) : value]));
