/**
 * Returns the URL of the server's web pages: host and scheme from its SIP WebSocket, port from its login information
 * (protocol page §3).
 */
export function webUrlAt(server: string, webPort: number): URL {
  const {protocol, hostname} = new URL(server);
  return new URL(`${protocol === 'wss:' ? 'https' : 'http'}://${hostname}:${webPort}`);
}
