import type {IncomingMessage} from 'node:http';
import {WebSocket} from 'ws';

/** Opens a proxy's connection to its server, as the page has asked for it: with its subprotocols, and from that server's origin. */
export function onwardSocket({href, host, protocol}: URL, {headers}: IncomingMessage): WebSocket {
  return new WebSocket(href, headers['sec-websocket-protocol']?.split(/, */), {
    ...(headers.origin && {origin: `${protocol.replace('ws', 'http')}//${host}`}),
  });
}
