import type {BaseClient} from '../core/client/client.js';
import type {SipCall} from '../core/call/call.js';
import type {CallElements, CallMedia} from '../core/types.js';
import {API_HEADER} from '../dispatch/protocol.js';
import {MediaType} from './all-enum.js';
import {fieldOf, jsonForOthers} from './call-record.js';
import {tell} from './delegate.js';
import {accountOf, elementsOf, numeral, report, textOf, written} from './run.js';

type Video = HTMLVideoElement | null;
type Sound = HTMLMediaElement | null;

/** Requests a call, plays it in the page's elements and reports it to the page. */
function create(
  name: string,
  elements: CallElements,
  isshowscreen: boolean,
  ask: (client: BaseClient) => Promise<SipCall | undefined>,
): Promise<void> {
  const account = accountOf(name);
  // Still within the user gesture: the screen prompt opens at once.
  return account.place(() => ask(account.client), elements, isshowscreen);
}

/** The media to open for a media type; the server judges whether the type is valid. */
function mediaOf(videotype: string | number): CallMedia {
  return Number(videotype) === MediaType.MediaTypeVideo ? 'video' : 'audio';
}

/** The request's media type; omitted if a screen is the only video of the call. */
function shown(isVideo: string | number, screen: boolean): {isVideo?: string | number} {
  return screen && mediaOf(isVideo) === 'audio' ? {} : {isVideo};
}

/** Places a call to a number. */
export function MakeCall(
  called: string,
  videotype: number,
  localvideo?: Video,
  remotevideo?: Video,
  remoteaudio?: Sound,
  isshowscreen?: boolean,
): void {
  report('MakeCall', () => {
    const members = written('MakeCall', 'called', called);
    const elements = elementsOf('MakeCall', localvideo, remotevideo, remoteaudio);
    const isVideo = numeral('MakeCall', 'videotype', videotype);
    const screen = Boolean(isshowscreen);
    return create('MakeCall', elements, screen, (client) =>
      client.createSession({
        kind: 'single',
        number: textOf(members),
        media: mediaOf(isVideo),
        screen,
        written: {members, ...shown(isVideo, screen)},
      }),
    );
  });
}

/**
 * Places a call by an INVITE of this page, without a request to the server's API; with video if the page gives an element
 * for the remote video.
 */
export function MakeCallold(
  number: string,
  localvideo?: Video,
  remotevideo?: Video,
  remoteaudio?: Sound,
): void {
  report('MakeCallold', () => {
    const called = textOf(written('MakeCallold', 'number', number));
    const elements = elementsOf('MakeCallold', localvideo, remotevideo, remoteaudio);
    const media = elements.remoteVideo ? 'video' : 'audio';
    return create('MakeCallold', elements, false, (client) =>
      client.createSession({kind: 'single', number: called, media, direct: true}),
    );
  });
}

/** Creates a conference of the numbers in `called`, separated by commas. */
export function CreateConf(
  called: string,
  confnum: string,
  confname: string,
  videotype: number,
  localvideo?: Video,
  remotevideo?: Video,
  remoteaudio?: Sound,
  isshowscreen?: boolean,
): void {
  createGroup('CreateConf', 'conference', {called, confnum, confname, videotype, isshowscreen}, [
    localvideo,
    remotevideo,
    remoteaudio,
  ]);
}

/** Creates a conference that a file is played into. */
export function CreatePlayFileConf(
  called: string,
  confnum: string,
  confname: string,
  videotype: number,
  fileid: string,
  localvideo?: Video,
  remotevideo?: Video,
  remoteaudio?: Sound,
  isshowscreen?: boolean,
): void {
  createGroup(
    'CreatePlayFileConf',
    'conference',
    {called, confnum, confname, videotype, fileid, isshowscreen},
    [localvideo, remotevideo, remoteaudio],
  );
}

/** Plays a file to numbers that only listen. */
export function CreatePlayFileBroadcast(
  called: string,
  confnum: string,
  confname: string,
  videotype: number,
  fileid: string,
  localvideo?: Video,
  remotevideo?: Video,
  remoteaudio?: Sound,
  isshowscreen?: boolean,
): void {
  createGroup(
    'CreatePlayFileBroadcast',
    'broadcast',
    {called, confnum, confname, videotype, fileid, isshowscreen},
    [localvideo, remotevideo, remoteaudio],
  );
}

/** Works like `CreatePlayFileConf`, with a call type that the page chooses (docs/protocol/numbers.md#call-types). */
export function CreatePlayFileCall(
  called: string,
  confnum: string,
  confname: string,
  videotype: number,
  fileid: string,
  calltype: number,
  localvideo?: Video,
  remotevideo?: Video,
  remoteaudio?: Sound,
  isshowscreen?: boolean,
): void {
  createGroup(
    'CreatePlayFileCall',
    'file',
    {called, confnum, confname, videotype, fileid, isshowscreen, calltype},
    [localvideo, remotevideo, remoteaudio],
  );
}

/** Creates a temporary intercom of the numbers in `called`, separated by commas. */
export function CreateTmpIntercom(
  called: string,
  confnum: string,
  confname: string,
  remoteaudio?: Sound,
): void {
  createGroup(
    'CreateTmpIntercom',
    'temporary-intercom',
    {called, confnum, confname, videotype: MediaType.MediaTypeAudio},
    [null, null, remoteaudio],
  );
}

interface GroupArguments {
  readonly called: unknown;
  readonly confnum: unknown;
  readonly confname: unknown;
  readonly videotype: unknown;
  readonly fileid?: unknown;
  readonly calltype?: unknown;
  readonly isshowscreen?: unknown;
}

/** Creates a session of a group, and reports to the page why that fails. */
function createGroup(
  name: string,
  kind: 'conference' | 'broadcast' | 'temporary-intercom' | 'file',
  given: GroupArguments,
  places: readonly unknown[],
): void {
  report(name, () => {
    const {called, confnum, confname, videotype, isshowscreen, ...files} = given;
    const members = written(name, 'called', called);
    const isVideo = numeral(name, 'videotype', videotype);
    const sessnum = written(name, 'confnum', confnum, '');
    const sessname = written(name, 'confname', confname, '');
    const file = 'fileid' in files ? {FileID: written(name, 'fileid', files.fileid)} : undefined;
    const type = 'calltype' in files ? {ctype: numeral(name, 'calltype', files.calltype)} : undefined;
    const screen = Boolean(isshowscreen);
    return create(name, elementsOf(name, ...places), screen, (client) =>
      client.createSession({
        kind,
        members: [textOf(members)],
        number: textOf(sessnum),
        name: textOf(sessname),
        media: mediaOf(isVideo),
        screen,
        fileId: file && textOf(file.FileID),
        typeNumber: type && Number(type.ctype),
        written: {members, sessnum, sessname, ...shown(isVideo, screen), ...file, ...type},
      }),
    );
  });
}

/** Shows the video of a device; sends nothing to it. */
export function VideoBug(
  called: string,
  codec: string,
  localvideo?: Video,
  remotevideo?: Video,
  remoteaudio?: Sound,
): void {
  report('VideoBug', () => {
    const number = written('VideoBug', 'called', called);
    const elements = elementsOf('VideoBug', localvideo, remotevideo, remoteaudio);
    const wanted = written('VideoBug', 'codec', codec, '');
    return create('VideoBug', elements, false, (client) =>
      client.createSession({
        kind: 'monitor',
        number: textOf(number),
        codec: String(wanted),
        written: {called: number},
      }),
    );
  });
}

/** Shows a member's video only to others; this creates no call here. */
async function showToOthers(
  account: ReturnType<typeof accountOf>,
  asked: Readonly<Record<string, unknown>>,
): Promise<void> {
  const {code, body} = await account.client.sendApi({header: API_HEADER.transferVideo, body: asked});
  const sid = fieldOf(body[0], 'cid');
  if (!code && sid) tell(account.delegate, 'onCallCreated', sid, jsonForOthers(body[0], asked));
}

/** Shows the video of a member of a running session to the numbers in `strcalleds`. */
export function SetGetCallMemberVideo(
  cid: string,
  srcmember: string,
  sessionnum: string,
  sessionname: string,
  strcalleds: string,
  remotevideo?: Video,
): void {
  const name = 'SetGetCallMemberVideo';
  report(name, () => {
    const calleds = written(name, 'strcalleds', strcalleds);
    const asked = {
      srccid: written(name, 'cid', cid),
      srcnumber: written(name, 'srcmember', srcmember),
      sessnum: written(name, 'sessionnum', sessionnum, ''),
      sessname: written(name, 'sessionname', sessionname, ''),
      calleds,
    };
    const elements = elementsOf(name, null, remotevideo, null);
    const account = accountOf(name);
    const to = textOf(calleds).split(/[\s,;，；]+/);
    if (!to.includes(account.client.options.user)) return showToOthers(account, asked);
    const request = {
      kind: 'member-video',
      sid: textOf(asked.srccid),
      member: textOf(asked.srcnumber),
      number: textOf(asked.sessnum),
      name: textOf(asked.sessname),
      to,
      written: asked,
    } as const;
    return create(name, elements, false, (client) => client.createSession(request));
  });
}
