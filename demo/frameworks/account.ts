/** The account of a page, which is opened as `?user=1003&peer=1004`. Shared by the applications. */
const asked = new URLSearchParams(location.search);

export const user = asked.get('user') ?? '1003';
export const peer = asked.get('peer') ?? '1004';
export const server = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/fswebrtc`;

/** Returns a value; an application does not compile if the value is `any`, because an event has lost its type. */
export const typed = <T>(value: 0 extends 1 & T ? never : T): T => value as T;
