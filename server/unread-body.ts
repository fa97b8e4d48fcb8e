import type {IncomingMessage, ServerResponse} from 'node:http';

/** Ends the connection with the response if the request has a body, which nobody reads: its sender could go on for ever. */
export function leaveBody({headers}: IncomingMessage, response: ServerResponse): void {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (hasBody) response.shouldKeepAlive = false;
}
