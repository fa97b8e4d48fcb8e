/** A channel as Asterisk's ConfBridge reports it. */
export function channel(number: string, id: string): Record<string, unknown> {
  return {
    id: `1795562682.${id}`,
    name: `PJSIP/${number}-${id}`,
    state: 'Up',
    protocol_id: '46iun9vu953ufcgrc573',
    caller: {name: '', number},
    creationtime: '2026-11-24T23:24:42.088+0000',
    language: 'en',
    admin: true,
    muted: false,
  };
}

/** The body of an event, as recorded of an Asterisk. */
export function bridgeEvent(type: string, channels: readonly unknown[]): string {
  return JSON.stringify({
    type: `Confbridge${type}`,
    timestamp: '2026-11-24T23:24:42.126+0000',
    bridge: {
      id: 'c6b96285-dab9-43bf-b9ba-df16fa127a3c',
      name: '701',
      creationtime: '2026-11-24T23:24:42.125+0000',
      video_mode: 'sfu',
    },
    channels,
  });
}
