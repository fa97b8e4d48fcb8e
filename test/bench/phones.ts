/** The phones that the bench compares: each is one script, which gives the page `globalThis.phone`. */

/** How long a call took, in milliseconds since the command. */
export interface CallTimes {
  /** Until this side knew that the other had answered. */
  readonly established: number;
  /** Until the first RTP packet of the other side. */
  readonly rtp: number;
}

/** What each of these scripts gives the page. */
export interface Phone {
  /** Resolves when registered, with the milliseconds since the command to connect. */
  register(server: string, user: string, password: string, domain: string): Promise<number>;
  call(number: string, video: boolean): Promise<CallTimes>;
  /** Resolves when the call is over. */
  hangup(): Promise<void>;
}

/** Measures from the command to both facts; `connection` is asked for until there is one. */
const MEASURE = `
  globalThis.measure = async (begin, connection) => {
    const began = performance.now();
    const answered = begin().then(() => performance.now() - began);
    const rtp = async () => {
      for (;;) {
        const report = await connection()?.getStats();
        for (const entry of report?.values() ?? [])
          if (entry.type === 'inbound-rtp' && entry.packetsReceived > 0) return performance.now() - began;
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    };
    const [established, first] = await Promise.all([answered, rtp()]);
    return {established, rtp: first};
  };`;

const SIP_JS = `
  import {Web, SessionState} from 'sip.js';
  let manager, domain;
  globalThis.phone = {
    async register(server, user, password, host) {
      domain = host;
      manager = new Web.SessionManager(server, {
        aor: 'sip:' + user + '@' + host,
        media: {remote: {audio: new Audio(), video: document.createElement('video')}},
        userAgentOptions: {
          authorizationUsername: user, authorizationPassword: password, logBuiltinEnabled: false,
          sessionDescriptionHandlerFactoryOptions: {peerConnectionConfiguration: {iceServers: []}},
        },
      });
      const began = performance.now();
      const registered = new Promise((resolve) => (manager.delegate = {onRegistered: resolve}));
      await manager.connect();
      await manager.register();
      await registered;
      return performance.now() - began;
    },
    call: (number, video) => measure(
      () => new Promise((resolve) => {
        manager.delegate = {onCallAnswered: resolve};
        void manager.call('sip:' + number + '@' + domain, {sessionDescriptionHandlerOptions: {constraints: {audio: true, video}}});
      }),
      () => manager.managedSessions[0]?.session.sessionDescriptionHandler?.peerConnection,
    ),
    async hangup() {
      const over = new Promise((resolve) => (manager.delegate = {onCallHangup: resolve}));
      await manager.hangup(manager.managedSessions[0].session);
      await over;
    },
  };`;

const JSSIP = `
  import JsSIP from 'jssip';
  let agent, session, domain;
  globalThis.phone = {
    async register(server, user, password, host) {
      domain = host;
      agent = new JsSIP.UA({sockets: [new JsSIP.WebSocketInterface(server)], uri: 'sip:' + user + '@' + host, password});
      const began = performance.now();
      const registered = new Promise((resolve) => agent.on('registered', resolve));
      agent.start();
      await registered;
      return performance.now() - began;
    },
    call: (number, video) => measure(
      () => new Promise((resolve) => {
        session = agent.call('sip:' + number + '@' + domain, {
          mediaConstraints: {audio: true, video}, pcConfig: {iceServers: []}, eventHandlers: {accepted: resolve},
        });
      }),
      () => session?.connection,
    ),
    async hangup() {
      const over = new Promise((resolve) => session.on('ended', resolve));
      session.terminate();
      await over;
    },
  };`;

/** This project's client; with its elements on the page, or without. */
const own = (elements: boolean): string => `
  ${elements ? ['sip-client', 'sip-dialer', 'sip-incoming', 'sip-call'].map((tag) => `import './dist/define/${tag}.js';`).join('\n') : ''}
  import {SipClient} from './dist/index.js';
  let client, call;
  const connections = [];
  const Original = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(...options) { super(...options); connections.push(this); }
  };
  globalThis.phone = {
    async register(server, user, password, domain) {
      const options = {server, user, password, domain, profile: 'standard'};
      let began = performance.now();
      if (!${elements}) {
        client = new SipClient(options);
        began = performance.now();
        await client.connect();
        await client.register();
        return performance.now() - began;
      }
      const element = document.createElement('sip-client');
      Object.assign(element, options);
      element.innerHTML = '<sip-dialer></sip-dialer><sip-incoming></sip-incoming><sip-call></sip-call>';
      document.body.append(element);
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      began = performance.now();
      await element.connect();
      await element.register();
      client = element.client;
      return performance.now() - began;
    },
    call: (number, video) => {
      connections.length = 0;
      return measure(
        async () => {
          call = await client.call(number, {media: video ? 'video' : 'audio'});
          while (call.state.phase !== 'answered')
            await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
        },
        () => connections[0],
      );
    },
    hangup: () => call.hangup(),
  };`;

/** Two peer connections of one page, which exchange candidates at once; the microphone is open. */
const BARE = `
  let stream, pair = [];
  globalThis.phone = {
    register: async (server) => {
      stream = await navigator.mediaDevices.getUserMedia({audio: true, video: true});
      const began = performance.now();
      await new Promise((resolve) => (new WebSocket(server, 'sip').onopen = resolve));
      return performance.now() - began;
    },
    call: (number, video) => measure(async () => {
      const [one, other] = (pair = [new RTCPeerConnection(), new RTCPeerConnection()]);
      one.onicecandidate = ({candidate}) => candidate && other.addIceCandidate(candidate);
      other.onicecandidate = ({candidate}) => candidate && one.addIceCandidate(candidate);
      const tracks = stream.getTracks().filter(({kind}) => kind === 'audio' || video);
      for (const track of tracks) one.addTrack(track, stream);
      await one.setLocalDescription();
      await other.setRemoteDescription(one.localDescription);
      for (const track of tracks) other.addTrack(track, stream);
      await other.setLocalDescription();
      await one.setRemoteDescription(other.localDescription);
    }, () => pair[0]),
    hangup: async () => pair.forEach((connection) => connection.close()),
  };`;

/** By their names, in the order in which they are printed. */
export const PHONES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    'sip.js SessionManager': SIP_JS,
    JsSIP: JSSIP,
    'sip-elements, client alone': own(false),
    'sip-elements, with elements': own(true),
    'bare WebRTC': BARE,
  }).map(([name, code]) => [name, `${code}\n${MEASURE}`]),
);
