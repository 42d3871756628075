import { lanNetwork, lanProfile, switchPort } from "./omada-types";
import { faultsOf, type RecordType } from "./record-type";

type Fields = Readonly<Record<string, unknown>>;

/** A controller's memory: one site with its networks, profiles and ports. Ids are its own, as a real one's are. */
export interface Omada {
  readonly answer: (method: string, path: string, body: Fields) => unknown;
  readonly kept: (kind: string) => readonly Fields[];
  readonly unknown: readonly string[];
}

export function omada(site: string, before: readonly Fields[] = []): Omada {
  const kept = new Map<string, Map<string, Fields>>();
  const of = (kind: string): Map<string, Fields> => kept.get(kind) ?? kept.set(kind, new Map()).get(kind)!;
  const unknown: string[] = [];
  const done = (result: unknown = {}) => ({ errorCode: 0, msg: "Success.", result });
  const keep = (kind: string, id: string, body: Fields, type: RecordType) => {
    const faults = faultsOf(body, type);
    if (faults.length) return { errorCode: -1001, msg: faults.join("; ") };
    of(kind).set(id, { ...body, id });
    return done({ id });
  };
  before.forEach((it, index) => of("network").set(`n${index}`, { ...it, id: `n${index}` }));

  const inSite = (method: string, path: string, body: Fields): unknown => {
    const [what = "", id = "", , port] = path.split("/");
    if (method === "GET" && what === "lan-networks") return done({ data: [...of("network").values()] });
    if (method === "GET" && what === "lan-profiles") return done({ data: [...of("profile").values()] });
    if (method === "POST" && what === "lan-networks") return keep("network", `n${of("network").size}`, body, lanNetwork);
    if (method === "POST" && what === "lan-profiles") return keep("profile", `p${of("profile").size}`, body, lanProfile);
    if (method === "PATCH" && what === "lan-profiles" && of("profile").has(id)) return keep("profile", id, body, lanProfile);
    if (method === "PATCH" && what === "switches" && port) return keep("port", `${id} ${port}`, body, switchPort);
    return undefined;
  };

  const answer = (method: string, path: string, body: Fields): unknown => {
    if (path === "/api/info") return done({ omadacId: "c0ffee" });
    if (path === "/openapi/authorize/token")
      return body["omadacId"] === "c0ffee" && body["client_secret"] === "secret" ? done({ accessToken: "AT-1" }) : { errorCode: -44106 };
    if (method === "GET" && path === "/openapi/v1/c0ffee/sites") return done({ data: [{ siteId: "s1", name: site }] });
    const [, version, rest] = /^\/openapi\/(v[12])\/c0ffee\/sites\/s1\/(.*)$/.exec(path) ?? [];
    const answered = version && rest && (version === "v1" || rest === "lan-networks") ? inSite(method, rest, body) : undefined;
    if (answered === undefined) unknown.push(`${method} ${path}`);
    return answered ?? { errorCode: -1600, msg: "Unsupported request path." };
  };
  return { answer, kept: (kind) => [...of(kind).values()], unknown };
}
