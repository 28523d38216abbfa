import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Answer } from "./answer.ts";
import type { Head } from "./identify.ts";

/** How a call ends: with an answer, with silence until the client gives up, or with its connection cut. */
export type Ending = Answer | "silence" | "cut";

/** Who handles a call. */
export type Handle = (head: Head, body: Buffer) => Promise<Ending>;

/** The one address that every AWS call of the local stack goes to. */
export interface Door {
  readonly endpoint: string;
  /** Says who handles the calls; until then they wait. */
  serve(handle: Handle): void;
  close(): Promise<void>;
}

function read(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.once("end", () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)));
    incoming.once("error", reject);
  });
}

/** Opens the door on a free port of the loopback interface. */
export async function openDoor(): Promise<Door> {
  let ready: (handle: Handle) => void = () => {};
  const handler = new Promise<Handle>((resolve) => {
    ready = resolve;
  });
  const sockets = new Set<Socket>();

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    // The SDK sets its clock by an answer's Date; ours is simulated and the worker's own, so there is nothing to set.
    outgoing.sendDate = false;
    const body = await read(incoming);
    const ending = await (await handler)({ method: incoming.method ?? "", url: incoming.url ?? "", headers: incoming.headers }, body);
    if (ending === "silence") return;
    if (ending === "cut") {
      incoming.socket.destroy();
      return;
    }
    outgoing.writeHead(ending.status, { ...ending.headers, "content-length": Buffer.byteLength(ending.body) });
    outgoing.end(ending.body);
  };

  const server = createServer({ noDelay: true, keepAliveTimeout: 120_000, requestTimeout: 0 }, (incoming, outgoing) => {
    // Only a client that went away, or a bug of ours, ends here: either way there is nobody to tell but the client's own connection.
    answer(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: ready,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
