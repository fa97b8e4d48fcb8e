import type {Page} from 'puppeteer-core';
import type {Halves} from './signals.js';
import type {Site} from './site.js';
import {witness} from './witness.js';

/** The sixty documented functions. */
export const DOCUMENTED = (
  'init connect disconnect Register UnRegister ConnWebSocket DisConnWebSocket SendAPI GetEmployeeLoginInfo ' +
  'MakeCall MakeCallold Answer Answerbycallid Hangup SendDTMF Hold UnHold Mute UnMute IsMuted ' +
  'TakePhoto MediaRecordStart MediaRecordStop PlayFile PlayFileStop ' +
  'CreateConf CreatePlayFileConf CreatePlayFileBroadcast CreatePlayFileCall CreateTmpIntercom VideoBug ' +
  'SetGetCallMemberVideo AddMember DelMember SetMemberSpeak SetMemberUnSpeak SetMemberHear SetMemberUnHear ' +
  'SetMemberPush SetMemberUnPush SetMemberSpeakType SetMemberHearType SetMemberPushType GetCallAllMembers ' +
  'FoceEndConf froceOPCall ApplySpeak ReleaseSpeak ApplySpeakByType ' +
  'SetGisTrace SetGisUnTrace GetEmpsGisInfo GetGroupTree GetGroupMember QueryEmps QueryEmpsByType ' +
  'httpUploadStart httpUploadStop ClienthttpGet dataURLtoBlob'
).split(' ');

/** Their names in the ES module build: the first letter in lower case, nothing else. */
export const SMALL_NAMES = DOCUMENTED.map((name) => name.charAt(0).toLowerCase() + name.slice(1));

/** A callback of a page, with its arguments. */
export type Told = readonly [name: string, ...values: unknown[]];

/** A page of the documented functions, as a classic script has them. */
export interface FunctionsPage {
  readonly page: Page;
  /** Calls a function with arguments that travel as JSON; `#id` stands for the page's element of that id. */
  run(name: string, ...values: unknown[]): Promise<unknown>;
  /** Takes the next callback of the name, waiting for it. */
  told(name: string): Promise<Told>;
  /** The callbacks that were not taken yet. */
  all(): Promise<Told[]>;
  /** Errors that functions without a result reported. */
  errors(): Promise<string[]>;
  /** What the page's sockets have sent and received, in order. */
  frames(): Promise<readonly Frame[]>;
}

/** A text that went over one of a page's WebSockets. */
export interface Frame {
  readonly sent: boolean;
  readonly text: string;
}

/** How a page of the documented functions is opened. */
export interface FunctionsPageOptions {
  /** Called before the page is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Loads what sets `Client` and `AllEnum`; the classic script by default. */
  readonly load?: (page: Page) => Promise<unknown>;
}

/** Opens a page with the functions and its own elements; connects and registers it if it has a user. */
export async function functionsPage(
  site: Site,
  user?: string,
  {prepare, load = (page) => page.addScriptTag({url: '/functions.global.js'})}: FunctionsPageOptions = {},
): Promise<FunctionsPage> {
  const page = await site.open('/fswebrtc', async (page) => {
    await witness(page);
    await page.evaluateOnNewDocument(keepFrames);
    await prepare?.(page);
  });
  await load(page);
  await page.evaluate(() => {
    document.body.innerHTML =
      '<video id="localvideo" autoplay playsinline muted></video><video id="remotevideo" autoplay playsinline></video><audio id="remoteaudio" autoplay></audio>';
    const scope = window as any;
    scope.told = [];
    scope.reported = [];
    addEventListener('error', (event) => {
      scope.reported.push(event.message);
      event.preventDefault();
    });
    addEventListener('unhandledrejection', (event) => scope.reported.push(`unhandled: ${event.reason}`));
    scope.delegate = new Proxy(
      {},
      {
        get:
          (_, name) =>
          (...values: unknown[]) => {
            scope.told.push([
              name,
              ...values.map((value) => (value instanceof Error ? value.message : value)),
            ]);
            dispatchEvent(new Event('told'));
          },
      },
    );
  });
  const run = (name: string, ...values: unknown[]): Promise<unknown> =>
    page.evaluate(
      (name, values) => {
        const given = values.map((value) =>
          typeof value === 'string' && value.startsWith('#') ? document.querySelector(value) : value,
        );
        return (window as any).Client[name](...given);
      },
      name,
      values,
    );
  if (user !== undefined) {
    const {hostname, port} = new URL(site.server.url);
    await run('init', hostname, port, user, '1234');
    await page.evaluate(() => (window as any).Client.connect((window as any).delegate));
    await run('Register', 60);
  }
  return {
    page,
    frames: () => page.evaluate(() => (window as any).carried),
    run,
    told: (name) =>
      page.evaluate(async (name) => {
        const told: Told[] = (window as any).told;
        let index = -1;
        while ((index = told.findIndex(([other]) => other === name)) < 0)
          await new Promise((resolve) => addEventListener('told', resolve, {once: true}));
        return told.splice(index, 1)[0]!;
      }, name),
    all: () => page.evaluate(() => (window as any).told),
    errors: () => page.evaluate(() => (window as any).reported),
  };
}

/** Records what the page's sockets carry: each sends before it receives. */
function keepFrames(): void {
  const carried: Frame[] = ((window as any).carried = []);
  const {send} = WebSocket.prototype;
  const followed = new WeakSet<WebSocket>();
  WebSocket.prototype.send = function (text) {
    if (!followed.has(this))
      this.addEventListener('message', ({data}) => carried.push({sent: false, text: data}));
    followed.add(this);
    carried.push({sent: true, text: text as string});
    send.call(this, text);
  };
}

/** An API request that a page has sent. */
export interface SentRequest {
  readonly msgid: string;
  readonly body?: unknown;
  readonly overSip: boolean;
}

/** The API requests of a header that a page has sent, on either carrier. */
export async function requestsOf(phone: FunctionsPage, header: string): Promise<SentRequest[]> {
  const frames = await phone.frames();
  return frames.flatMap(({sent, text}) => {
    const [head = '', body] = text.split('\r\n\r\n');
    const overSip = /^MESSAGE sip:api@/.test(head);
    if (!sent || (!overSip && !text.startsWith('{'))) return [];
    const request = JSON.parse(overSip ? body! : text) as SentRequest & {header: string};
    return request.header === header ? [{...request, overSip}] : [];
  });
}

/** The Call-ID of the last INVITE that came to a page. */
export async function invitedBy(phone: FunctionsPage): Promise<string | undefined> {
  const invite = (await phone.frames()).findLast(({sent, text}) => !sent && text.startsWith('INVITE '));
  return /^Call-ID: (.+)\r$/im.exec(invite?.text ?? '')?.[1];
}

/**
 * Has a page's camera show two colours, and a white bar that wanders through their lower half: the browser's own fake
 * cameras all show the same. Only the browser's answer is replaced; the track is real.
 */
export async function sendsColours({page}: FunctionsPage, halves: Halves): Promise<void> {
  await page.evaluate(([left, right]) => {
    const {mediaDevices} = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async ({audio = false, video = false} = {}) => {
      const stream = audio ? await open({audio}) : new MediaStream();
      if (!video) return stream;
      const canvas = Object.assign(document.createElement('canvas'), {width: 320, height: 240});
      const context = canvas.getContext('2d', {alpha: false})!;
      const [track] = canvas.captureStream().getVideoTracks() as [MediaStreamTrack];
      let place = 0;
      const draw = (): void => {
        [left, right].forEach((colour, index) => {
          context.fillStyle = `rgb(${colour.join()})`;
          context.fillRect(index * 160, 0, 160, 240);
        });
        context.fillStyle = 'white';
        context.fillRect(place, 180, 40, 30);
        place = (place + 20) % 320;
        if (track.readyState === 'ended') clearInterval(timer);
      };
      const timer = setInterval(draw, 100);
      draw();
      (window as any).opened.tracks.add(track);
      stream.addTrack(track);
      return stream;
    };
  }, halves);
}

/** Has a page's microphone give a tone, in hertz. Only the browser's answer is replaced; the track is real. */
export async function sendsTone({page}: FunctionsPage, tone: number): Promise<void> {
  await page.evaluate((tone) => {
    navigator.mediaDevices.getUserMedia = async () => {
      const context = new AudioContext();
      const oscillator = new OscillatorNode(context, {frequency: tone});
      const target = context.createMediaStreamDestination();
      oscillator.connect(new GainNode(context, {gain: 0.3})).connect(target);
      oscillator.start();
      for (const track of target.stream.getTracks()) (window as any).opened.tracks.add(track);
      return target.stream;
    };
  }, tone);
}

/** Makes measurable what a page's elements show and play, as its `call`. */
export async function measured({page}: FunctionsPage): Promise<void> {
  await page.evaluate(() => {
    const tracks = (id: string): MediaStreamTrack[] =>
      (document.querySelector<HTMLMediaElement>(id)!.srcObject as MediaStream | null)?.getTracks() ?? [];
    (window as any).call = {
      get remoteStream() {
        const all = [...tracks('#remotevideo'), ...tracks('#remoteaudio')];
        return new MediaStream(all.filter((track, index) => all.indexOf(track) === index));
      },
    };
  });
}

/** Waits until an element shows moving pictures, and until one is heard; measured after decoding. */
export async function plays(page: Page, video: string | undefined, audio: string): Promise<void> {
  await page.evaluate(
    async (video, audio) => {
      const picture = video === undefined ? undefined : document.querySelector<HTMLVideoElement>(video)!;
      const sound = document.querySelector<HTMLMediaElement>(audio)!;
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 32;
      const paint = canvas.getContext('2d', {willReadFrequently: true})!;
      const seen = new Set<string>();
      const context = new AudioContext();
      const analyser = context.createAnalyser();
      const samples = new Float32Array(analyser.fftSize);
      let heard = false;
      let source: MediaStreamAudioSourceNode | undefined;
      while (!heard || (picture && seen.size < 5)) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const stream = sound.srcObject as MediaStream | null;
        if (!source && stream?.getAudioTracks().length) {
          source = context.createMediaStreamSource(stream);
          source.connect(analyser);
        }
        analyser.getFloatTimeDomainData(samples);
        heard ||= !sound.paused && !sound.muted && samples.some((sample) => Math.abs(sample) > 0.02);
        if (!picture?.videoWidth) continue;
        paint.drawImage(picture, 0, 0, 32, 32);
        const {data} = paint.getImageData(0, 0, 32, 32);
        if (data.some((value, index) => index % 4 !== 3 && value > 60)) seen.add(data.join());
      }
      await context.close();
    },
    video,
    audio,
  );
}
