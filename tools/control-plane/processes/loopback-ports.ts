import { createServer, type AddressInfo } from "node:net";

/** Ports on 127.0.0.1 that nobody listens on, all different. */
export async function loopbackPorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listenAnywhere()));
  const ports = servers.map(({ port }) => port);
  await Promise.all(servers.map(({ close }) => close()));
  return ports;
}

/** One such port. */
export async function loopbackPort(): Promise<number> {
  const [port] = await loopbackPorts(1);
  return port!;
}

function listenAnywhere(): Promise<{ readonly port: number; close(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address: AddressInfo | string | null = server.address();
      if (address === null || typeof address === "string") reject(new Error("no address was bound"));
      else resolve({ port: address.port, close: () => new Promise((done) => server.close(() => done())) });
    });
  });
}
