import {Web} from 'sip.js';

/** What the peer's page offers to the bench: sip.js's own phone, set up as its documentation says. */
export interface PeerPage {
  start(
    server: string,
    user: string,
    password: string,
    iceServers: RTCIceServer[] | undefined,
  ): Promise<void>;
  /** Calls and resolves when the first sound and picture of the other end are there, with the milliseconds it took. */
  call(number: string): Promise<number>;
  hangup(): Promise<void>;
}

let phone: Web.SimpleUser;
const video = document.createElement('video');
const audio = new Audio();

const page: PeerPage = {
  async start(server, user, password, iceServers) {
    video.muted = true;
    document.body.append(video, audio);
    const configuration = iceServers ? {peerConnectionConfiguration: {iceServers}} : {};
    phone = new Web.SimpleUser(server, {
      aor: `sip:${user}@${new URL(server).hostname}`,
      media: {constraints: {audio: true, video: true}, remote: {video, audio}},
      userAgentOptions: {
        authorizationUsername: user,
        authorizationPassword: password,
        logBuiltinEnabled: false,
        sessionDescriptionHandlerFactoryOptions: configuration,
      },
    });
    await phone.connect();
    await phone.register();
  },
  async call(number) {
    const began = performance.now();
    const picture = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    await phone.call(`sip:${number}@${location.hostname}`);
    await picture;
    return performance.now() - began;
  },
  async hangup() {
    const ended = new Promise<void>((resolve) => (phone.delegate = {onCallHangup: () => resolve()}));
    await phone.hangup();
    await ended;
  },
};

(globalThis as unknown as {peer: PeerPage}).peer = page;
