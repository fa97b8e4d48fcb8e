/** What scenes are made of: a client on stage, elements in the page, pictures of cameras. Runs in the page. */
import {deep, loads, part, press, shows, textOf} from '../support/in-page/elements.js';
import {sound, StagedClient} from '../support/staged/staged-client.js';
import {group, person, StagedPeople} from '../support/staged/staged-people.js';
import type {SipClientOptions} from '../../src/core/client/options.js';

export {deep, part, press, shows, textOf};

type Tags = HTMLElementTagNameMap;

/** Lets the page's clock go on. */
export const pass = (ms: number): void => (window as unknown as {pass(ms: number): void}).pass(ms);

const GROUPS = [
  group('8000', '港口 Harbor'),
  group('8100', 'Dispatch', '8000'),
  group('8200', 'Patrol', '8000'),
];

export const PEOPLE = [
  person('1001', '王芳', '8000', {state: 'online'}),
  person('1002', '李雷', '8000', {state: 'busy'}),
  person('1003', 'Anna Novak', '8000', {state: 'offline'}),
  person('1004', 'Maximilian von Hohenzollern-Sigmaringen', '8000', {state: 'online'}),
  person('1019', 'North gate', '8000', {type: 7, state: 'online'}),
  person('1005', '张伟', '8100', {state: 'away'}),
];

/** A client that keeps nothing in the browser. */
export const client = (options: Partial<SipClientOptions> = {}): StagedClient => {
  const made = new StagedClient({historyStorage: 'memory', recordingsStorage: 'memory', ...options});
  made.directoryService = new StagedPeople(GROUPS, PEOPLE);
  return made;
};

/** A client that is registered. */
export async function ready(options: Partial<SipClientOptions> = {}): Promise<StagedClient> {
  const made = client(options);
  await made.connect();
  await made.register();
  return made;
}

/** Puts an element into the page, inside a client's if there is one. */
export async function show<K extends keyof Tags>(
  tag: K,
  within?: StagedClient,
  properties: Partial<Tags[K]> = {},
): Promise<Tags[K]> {
  const element = Object.assign(document.createElement(tag), properties);
  if (within) {
    const provider = document.querySelector('sip-client') ?? document.createElement('sip-client');
    provider.client = within;
    provider.append(element);
    document.querySelector('main')!.append(provider);
  } else document.querySelector('main')!.append(element);
  await shows(element, () => element.shadowRoot !== null);
  await loads(element);
  return element;
}

/** Writes into a field as a user would. */
export function write(field: Element | null | undefined, text: string): void {
  const input = field as HTMLInputElement;
  input.value = text;
  input.dispatchEvent(new InputEvent('input', {inputType: 'insertText', bubbles: true, composed: true}));
}

export const enter = (field: Element): void =>
  void field.dispatchEvent(
    new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, composed: true, cancelable: true}),
  );

/** What a camera sees, or what is on a screen. */
export type View = 'bright' | 'dark' | 'person' | 'gate';

const PAINTERS: Readonly<Record<View, (context: CanvasRenderingContext2D) => void>> = {
  // A white page with some lines of text.
  bright(context) {
    fill(context, '#ffffff', 0, 0, 640, 360);
    for (let line = 0; line < 12; line += 1)
      fill(context, '#b8bec6', 40, 30 + line * 26, 400 + ((line * 97) % 160), 8);
  },
  dark(context) {
    fill(context, '#05070a', 0, 0, 640, 360);
    fill(context, '#1b2733', 0, 250, 640, 110);
    disc(context, '#c9b458', 520, 70, 18);
  },
  person(context) {
    fill(context, '#3a4a52', 0, 0, 640, 360);
    disc(context, '#4f7f86', 320, 400, 170);
    disc(context, '#d6b59c', 320, 140, 64);
  },
  gate(context) {
    fill(context, '#8fa3ad', 0, 0, 640, 200);
    fill(context, '#6b7064', 0, 200, 640, 160);
    fill(context, '#3d4247', 180, 90, 40, 190);
    fill(context, '#3d4247', 420, 90, 40, 190);
    fill(context, '#b5483a', 200, 190, 240, 16);
  },
};

function fill(
  context: CanvasRenderingContext2D,
  color: string,
  ...box: [number, number, number, number]
): void {
  context.fillStyle = color;
  context.fillRect(...box);
}

function disc(context: CanvasRenderingContext2D, color: string, x: number, y: number, radius: number): void {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

const views = new Map<View, MediaStreamTrack>();

/** A track with the view, which does not change. */
export function view(name: View): MediaStreamTrack {
  const known = views.get(name);
  if (known) return known.clone();
  const canvas = Object.assign(document.createElement('canvas'), {width: 640, height: 360});
  const context = canvas.getContext('2d')!;
  const paint = (): void => PAINTERS[name](context);
  paint();
  setInterval(paint, 100);
  const track = canvas.captureStream().getVideoTracks()[0]!;
  views.set(name, track);
  return track.clone();
}

/** A stream with the view and a silent sound. */
export const seen = (name: View): MediaStream => new MediaStream([view(name), sound()]);

/** Resolves once so many videos show a picture. */
export const playing = (element: Element, count = 1): Promise<void> =>
  shows(
    element,
    () =>
      deep<HTMLVideoElement>(element, 'video').filter(
        (video) => video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0,
      ).length >= count,
  );
