import {EmitterImpl, TransportState, type Transport, type UserAgentOptions} from 'sip.js';
import type {Connection} from './connection.js';

/**
 * Gives a connection to sip.js as its transport.
 *
 * To sip.js it is always connected: the connection itself restores what was lost, and dialogs outlive it.
 *
 * @param reveal - Gets the function that takes what arrives.
 * @param onSend - Told of what is sent.
 */
export function sipJsTransport(
  connection: Connection,
  reveal: (receive: (message: string) => void) => void,
  onSend: (message: string) => void,
): NonNullable<UserAgentOptions['transportConstructor']> {
  return class implements Transport {
    readonly state = TransportState.Connected;
    readonly stateChange = new EmitterImpl<TransportState>();
    onConnect: (() => void) | undefined;
    onDisconnect: ((error?: Error) => void) | undefined;
    onMessage: ((message: string) => void) | undefined;

    /** The Via header's sent-protocol (RFC 7118 §5.2). */
    get protocol(): 'WS' | 'WSS' {
      return connection.url.startsWith('wss:') ? 'WSS' : 'WS';
    }

    constructor() {
      reveal((message) => this.onMessage?.(message));
    }

    async connect(): Promise<void> {}

    async disconnect(): Promise<void> {}

    async dispose(): Promise<void> {
      this.onMessage = undefined;
    }

    isConnected(): boolean {
      return true;
    }

    send(message: string): Promise<void> {
      onSend(message);
      return connection.send(message);
    }
  };
}
