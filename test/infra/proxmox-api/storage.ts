import { collection } from "./collection";
import { numbered, type Route } from "./route";

/** Storages, and the files in them. */
export function storageRoutes(): readonly Route[] {
  const files = new Map<string, { readonly volid: string; readonly format: string; readonly size: number; readonly content: string }>();
  const size = 3_000_000;
  const storages = collection({ path: "/storage", key: "storage", shown: (fields) => ({ ...numbered(fields), shared: 1 }) });
  return [
    ...storages.routes,
    {
      method: "GET",
      path: "/nodes/:node/query-url-metadata",
      answer: () => ({ filename: "image.qcow2", size, mimetype: "application/octet-stream" }),
    },
    {
      method: "POST",
      path: "/nodes/:node/storage/:storage/download-url",
      answer: ({ form, in: at }) => {
        const volid = `${at["storage"]}:${form["content"]}/${form["filename"]}`;
        files.set(`${at["node"]} ${volid}`, { volid, format: "qcow2", size, content: form["content"] ?? "" });
        return `UPID:${at["node"]}:0:0:0:download:${form["filename"]}:terraform@pve:`;
      },
    },
    {
      method: "GET",
      path: "/nodes/:node/storage/:storage/content",
      answer: ({ in: at }) => [...files].filter(([key]) => key.startsWith(`${at["node"]} ${at["storage"]}:`)).map(([, file]) => file),
    },
    {
      method: "GET",
      path: "/nodes/:node/storage/:storage/content/:volume",
      answer: ({ in: at }) => ({ format: "raw", path: `/dev/zvol/${at["volume"]}`, size, used: size }),
    },
    {
      method: "DELETE",
      path: "/nodes/:node/storage/:storage/content/:volume",
      answer: ({ in: at }) => {
        files.delete(`${at["node"]} ${at["volume"]}`);
        return `UPID:${at["node"]}:0:0:0:imgdel:x:terraform@pve:`;
      },
    },
  ];
}
