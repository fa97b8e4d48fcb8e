/**
 * The address of the server's web pages: its host and scheme as of its SIP WebSocket, the port that its login information
 * names (protocol page §3).
 */
export function webUrlAt(server: string, webPort: number): URL {
  const {protocol, hostname} = new URL(server);
  return new URL(`${protocol === 'wss:' ? 'https' : 'http'}://${hostname}:${webPort}`);
}
