import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';

/** The open resources of a page at one moment. */
export interface Open {
  readonly peerConnections: number;
  readonly tracks: number;
  readonly sockets: number;
  readonly timers: number;
  readonly audioContexts: number;
}

/**
 * Keeps count of what the page's scripts open and close: peer connections, tracks of devices and screens, sockets,
 * intervals and audio contexts; timeouts apart, see {@link timeouts}.
 *
 * Only the browser's own constructors are watched. Call it before the page loads its scripts.
 */
export async function witness(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(watch);
  await page.evaluate(watch);
}

function watch(): void {
  const scope = window as unknown as {opened?: unknown};
  if (scope.opened) return;
  const opened = {
    peers: new Set<RTCPeerConnection>(),
    tracks: new Set<MediaStreamTrack>(),
    sockets: new Set<WebSocket>(),
    timers: new Set<number>(),
    timeouts: new Set<number>(),
    contexts: new Set<AudioContext>(),
  };
  scope.opened = opened;
  const keep = <T extends object>(set: Set<T>): ProxyHandler<new (...args: never[]) => T> => ({
    construct(target, args, newTarget) {
      const made = Reflect.construct(target, args, newTarget) as T;
      set.add(made);
      return made;
    },
  });
  window.RTCPeerConnection = new Proxy(RTCPeerConnection, keep(opened.peers) as never);
  window.AudioContext = new Proxy(AudioContext, keep(opened.contexts) as never);
  window.WebSocket = new Proxy(WebSocket, keep(opened.sockets) as never);
  // An insecure page has no devices.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices) {
    for (const name of ['getUserMedia', 'getDisplayMedia'] as const) {
      const open = devices[name].bind(devices);
      devices[name] = async (constraints) => {
        const stream = await open(constraints);
        for (const track of stream.getTracks()) opened.tracks.add(track);
        return stream;
      };
    }
  }
  const {setInterval: begin, clearInterval: end} = window;
  window.setInterval = ((...args: Parameters<typeof begin>) => {
    const id = begin(...args) as unknown as number;
    opened.timers.add(id);
    return id;
  }) as typeof begin;
  window.clearInterval = (id) => {
    opened.timers.delete(id as number);
    end(id);
  };
  const {setTimeout: later, clearTimeout: never} = window;
  window.setTimeout = ((task: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) => {
    const run = (): void => {
      opened.timeouts.delete(id);
      task(...args);
    };
    const id = later(run, delay) as unknown as number;
    opened.timeouts.add(id);
    return id;
  }) as typeof later;
  window.clearTimeout = (id) => {
    opened.timeouts.delete(id as number);
    never(id);
  };
}

/** Counts what is open. */
export function open(page: Page): Promise<Open> {
  return page.evaluate(() => {
    const {peers, tracks, sockets, timers, contexts} = (window as any).opened as {
      peers: Set<RTCPeerConnection>;
      tracks: Set<MediaStreamTrack>;
      sockets: Set<WebSocket>;
      timers: Set<number>;
      contexts: Set<AudioContext>;
    };
    // Ended objects are dropped, so that the witness itself keeps nothing alive.
    for (const peer of peers) if (peer.connectionState === 'closed') peers.delete(peer);
    for (const track of tracks) if (track.readyState === 'ended') tracks.delete(track);
    for (const socket of sockets) if (socket.readyState >= WebSocket.CLOSING) sockets.delete(socket);
    for (const context of contexts) if (context.state === 'closed') contexts.delete(context);
    return {
      peerConnections: peers.size,
      tracks: tracks.size,
      sockets: sockets.size,
      timers: timers.size,
      audioContexts: contexts.size,
    };
  });
}

/** Asserts that no device is on, and waits for the connections: one that was about to connect closes a moment later. */
export async function released(page: Page): Promise<void> {
  assert.equal((await open(page)).tracks, 0);
  while ((await open(page)).peerConnections > 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Counts the pending timeouts: those of a SIP transaction stay for half a minute (RFC 3261 §17). */
export function timeouts(page: Page): Promise<number> {
  return page.evaluate(() => ((window as any).opened.timeouts as Set<number>).size);
}
