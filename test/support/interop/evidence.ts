import {it} from 'node:test';
import type {Page} from 'puppeteer-core';

/** The default timeout of a test, in milliseconds: it only ends tests that would never end. */
const LIMIT = 60_000;

/** How many of a page's last SIP messages are printed. */
const MESSAGES = 16;

/** An `it` whose failures report what each side saw, also if a test times out. */
export function testsThatTell(evidence: () => Promise<readonly string[]>) {
  return (name: string, body: () => Promise<void>, limit = LIMIT): void =>
    void it(name, async () => {
      let timer: NodeJS.Timeout | undefined;
      const expired = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`Nothing more came within ${limit / 1000} s.`)), limit);
      });
      try {
        await Promise.race([body(), expired]);
      } catch (error) {
        const told = await evidence().catch((failure: unknown) => [String(failure)]);
        throw new Error([error instanceof Error ? error.message : String(error), ...told].join('\n'), {
          cause: error,
        });
      } finally {
        clearTimeout(timer);
      }
    });
}

/** Keeps the first lines of a page's SIP messages from now on, for {@link tellsOfPage}. Before it connects. */
export async function keepsMessages(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept: string[] = ((window as any).messages = []);
    const keep = (arrow: string, data: unknown): void => {
      const lines = String(data).trim().split('\r\n');
      const sequence = lines.find((line) => /^CSeq:/i.test(line)) ?? '';
      if (lines[0]) kept.push(`${arrow} ${lines[0]}  ${sequence}`);
    };
    const {send} = WebSocket.prototype;
    WebSocket.prototype.send = function (data) {
      keep('→', data);
      send.call(this, data);
    };
    const {postMessage} = MessagePort.prototype;
    MessagePort.prototype.postMessage = function (message: {readonly send?: string}) {
      if (message.send) keep('→', message.send);
      postMessage.call(this, message);
    };
    // The worker may have been started already: a page takes part once it listens.
    const before = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage')!;
    Object.defineProperty(MessagePort.prototype, 'onmessage', {
      ...before,
      set(this: MessagePort, listener) {
        before.set!.call(this, listener);
        if (listener) this.addEventListener('message', ({data}) => data.received && keep('←', data.received));
      },
    });
    window.WebSocket = new Proxy(WebSocket, {
      construct(target, words, made) {
        const socket = Reflect.construct(target, words, made) as WebSocket;
        socket.addEventListener('message', ({data}) => keep('←', data));
        return socket;
      },
    });
  });
}

/** The state of a page's client, calls and connections, and its last SIP messages. */
export async function tellsOfPage(user: string, page: Page): Promise<string> {
  if (page.isClosed()) return `${user}: closed`;
  return page.evaluate(
    async (user, count) => {
      const {client} = document.querySelector('sip-client') as any;
      const {connection, registration, error, calls} = client.state;
      const {messages = [], events = [], opened} = window as any;
      const tells = async (peer: RTCPeerConnection): Promise<string> => {
        const stats = [...(await peer.getStats()).values()];
        const of = (type: string, ...names: string[]): string[] =>
          stats
            .filter((entry) => entry.type === type && (entry.nominated ?? true))
            .map((entry) => `    ${type}: ${names.map((name) => `${name} ${entry[name]}`).join(', ')}`);
        return [
          `  peer connection: ${peer.connectionState}, ${peer.iceConnectionState}, ${peer.signalingState}`,
          ...of('transport', 'iceState', 'dtlsState', 'dtlsRole', 'packetsSent', 'packetsReceived'),
          ...of(
            'candidate-pair',
            'state',
            'requestsSent',
            'responsesReceived',
            'packetsSent',
            'packetsReceived',
          ),
          ...of('outbound-rtp', 'kind', 'packetsSent', 'active'),
          ...of('inbound-rtp', 'kind', 'packetsReceived', 'lastPacketReceivedTimestamp'),
        ].join('\n');
      };
      return [
        `${user}: ${connection}, ${registration}${error ? `, ${error.code}: ${error.message}` : ''}`,
        ...calls.map(({remote, state}: any) => `  call with ${remote.number}: ${JSON.stringify(state)}`),
        ...(await Promise.all([...opened.peers].map(tells))),
        `  events not taken: ${events.map(({type}: Event) => type).join(', ') || 'none'}`,
        ...messages.slice(-count).map((line: string) => `  ${line}`),
      ].join('\n');
    },
    user,
    MESSAGES,
  );
}

/**
 * The last lines of a server's log that say something: by default, warnings and errors.
 *
 * @param says - What such a line has.
 */
export const tellsOfLog = (
  name: string,
  log: string,
  says = /\b(WARNING|ERROR|CRITICAL|ERR)\b/,
  count = 8,
): string =>
  [
    `${name}:`,
    ...log
      .split('\n')
      .filter((line) => says.test(line))
      .slice(-count)
      .map((line) => `  ${line}`),
  ].join('\n');
