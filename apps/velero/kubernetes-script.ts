/** Asks the Kubernetes API from Node, with the pod's own token, and waits by watching. The beginning of both programs. */
export const kubernetesScript = String.raw`
import { readFile } from "node:fs/promises";

const account = "/var/run/secrets/kubernetes.io/serviceaccount";
const server = process.env.API_SERVER ?? "https://kubernetes.default.svc";
const velero = "/apis/velero.io/v1/namespaces/" + process.env.VELERO_NAMESPACE;
const deadline = Date.now() + Number(process.env.WITHIN_SECONDS) * 1000;

async function ask(method, path, body, options = {}) {
  const token = await readFile((process.env.ACCOUNT_DIRECTORY ?? account) + "/token", "utf8");
  const response = await fetch(server + path, { method, body: body && JSON.stringify(body), headers: { authorization: "Bearer " + token.trim(), "content-type": "application/json" }, ...options });
  if (response.status === 404 && method !== "POST") return undefined;
  if (!response.ok) throw new Error(method + " " + path + ": " + response.status + " " + (await response.text()));
  return response;
}

const get = async (path) => (await ask("GET", path))?.json();
const create = async (path, body) => (await ask("POST", path, body)).json();
const labelled = async (kind, selector) => (await get(velero + "/" + kind + "?labelSelector=" + encodeURIComponent(selector))).items;

/** Follows what a query names until a change of it satisfies, or the time is up. */
async function until(what, path, satisfies, by = deadline) {
  for (;;) {
    const left = by - Date.now();
    if (left <= 0) throw new Error("no " + what + " in time");
    const stop = AbortSignal.timeout(left);
    try {
      const response = await ask("GET", path + (path.includes("?") ? "&" : "?") + "watch=true", undefined, { signal: stop });
      let rest = "";
      const text = new TextDecoder();
      for await (const chunk of response.body) {
        const lines = (rest + text.decode(chunk, { stream: true })).split("\n");
        rest = lines.pop();
        for (const line of lines.filter(Boolean)) {
          const { type, object } = JSON.parse(line);
          if (type === "ERROR") throw new Error(what + ": " + JSON.stringify(object));
          if (satisfies(object, type)) return object;
        }
      }
    } catch (error) {
      if (!stop.aborted) throw error;
    }
  }
}

const named = (name) => "?fieldSelector=" + encodeURIComponent("metadata.name=" + name);
const ended = ({ status }) => /^(Completed|PartiallyFailed|Failed|FailedValidation)$/.test(status?.phase ?? "");

/** Takes one object of a list away, and waits until it is gone: from where it was seen, so that no change is missed. */
async function deleted(list, name) {
  await ask("DELETE", list + "/" + name);
  const left = await get(list + "/" + name);
  if (left) await until(name + " to go", list + named(name) + "&resourceVersion=" + left.metadata.resourceVersion, (object, type) => type === "DELETED");
}

async function completed(kind, name) {
  const done = await until(kind + " " + name, velero + "/" + kind + named(name), ended);
  if (done.status.phase !== "Completed") throw new Error(kind + " " + name + " ended as " + done.status.phase + ": " + JSON.stringify(done.status));
  return done;
}

/** What one backup or restore copied: files or snapshots. */
async function copies(label, name, kinds) {
  const path = { podvolumebackups: "v1", podvolumerestores: "v1", datauploads: "v2alpha1", datadownloads: "v2alpha1" };
  const lists = await Promise.all(kinds.map((kind) => get(velero.replace("/v1/", "/" + path[kind] + "/") + "/" + kind + "?labelSelector=" + encodeURIComponent(label + "=" + name))));
  return lists.flatMap((list) => list?.items ?? []);
}
`;
