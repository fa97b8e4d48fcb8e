import {EmitterImpl, TransportState, type Transport, type UserAgentOptions} from 'sip.js';
import type {Connection} from './connection.js';

/**
 * Presents a connection to sip.js as its transport.
 *
 * To sip.js it is always connected: the connection restores itself, and dialogs outlive its loss.
 *
 * @param reveal - Receives the function that handles arriving messages.
 * @param onSend - Called with each sent message.
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
