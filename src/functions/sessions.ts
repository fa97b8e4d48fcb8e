import type {SipClient} from '../client.js';
import type {SipCall} from '../core/call.js';
import type {CallElements, CallMedia} from '../core/types.js';
import {MediaType} from './all-enum.js';
import {accountOf, calledOf, elementsOf, listOf, numberOf, report, requiredText, textOf} from './run.js';

type Video = HTMLVideoElement | null;
type Sound = HTMLMediaElement | null;

/** Asks for a call, plays it in the page's elements and tells the page of it. */
function create(
  name: string,
  elements: CallElements,
  isshowscreen: boolean,
  ask: (client: SipClient) => Promise<SipCall | undefined>,
): Promise<void> {
  const account = accountOf(name);
  // Within the gesture: a screen is asked for at once.
  return ask(account.client).then((call) => {
    if (call) account.created(call, elements, isshowscreen);
  });
}

function mediaOf(name: string, videotype: unknown): CallMedia {
  const allowed = [MediaType.MediaTypeAudio, MediaType.MediaTypeVideo];
  return numberOf(name, 'videotype', videotype, allowed) === MediaType.MediaTypeVideo ? 'video' : 'audio';
}

/** Calls a number. */
export function MakeCall(
  called: string,
  videotype: number,
  localvideo?: Video,
  remotevideo?: Video,
  remoteaudio?: Sound,
  isshowscreen?: boolean,
): void {
  report('MakeCall', () => {
    const number = calledOf('MakeCall', 'called', called);
    const elements = elementsOf('MakeCall', localvideo, remotevideo, remoteaudio);
    const media = mediaOf('MakeCall', videotype);
    const screen = Boolean(isshowscreen);
    return create('MakeCall', elements, screen, (client) => client.call(number, {media, screen}));
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
  report('CreateConf', () =>
    group('CreateConf', 'conference', {called, confnum, confname, videotype, isshowscreen}, [
      localvideo,
      remotevideo,
      remoteaudio,
    ]),
  );
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
  report('CreatePlayFileConf', () =>
    group('CreatePlayFileConf', 'conference', {called, confnum, confname, videotype, fileid, isshowscreen}, [
      localvideo,
      remotevideo,
      remoteaudio,
    ]),
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
  report('CreatePlayFileBroadcast', () =>
    group(
      'CreatePlayFileBroadcast',
      'broadcast',
      {called, confnum, confname, videotype, fileid, isshowscreen},
      [localvideo, remotevideo, remoteaudio],
    ),
  );
}

/** As `CreatePlayFileConf`, with the call type of the page's choice (protocol page §6). */
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
  report('CreatePlayFileCall', () =>
    group(
      'CreatePlayFileCall',
      'file',
      {called, confnum, confname, videotype, fileid, isshowscreen, calltype},
      [localvideo, remotevideo, remoteaudio],
    ),
  );
}

/** Creates an intercom of the numbers in `called` for as long as it lasts. */
export function CreateTmpIntercom(
  called: string,
  confnum: string,
  confname: string,
  remoteaudio?: Sound,
): void {
  report('CreateTmpIntercom', () =>
    group(
      'CreateTmpIntercom',
      'temporary-intercom',
      {called, confnum, confname, videotype: MediaType.MediaTypeAudio},
      [null, null, remoteaudio],
    ),
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

function group(
  name: string,
  kind: 'conference' | 'broadcast' | 'temporary-intercom' | 'file',
  given: GroupArguments,
  places: readonly unknown[],
): Promise<void> {
  const {called, confnum, confname, videotype, isshowscreen, ...files} = given;
  const members = listOf(name, 'called', called);
  const media = mediaOf(name, videotype);
  const screen = Boolean(isshowscreen);
  const fileId = 'fileid' in files ? requiredText(name, 'fileid', files.fileid) : undefined;
  const typeNumber = 'calltype' in files ? numberOf(name, 'calltype', files.calltype) : undefined;
  const number = textOf(confnum);
  const title = textOf(confname);
  return create(name, elementsOf(name, ...places), screen, (client) =>
    client.createSession({kind, members, number, name: title, media, screen, fileId, typeNumber}),
  );
}

/** Shows the picture of a device; nothing is sent to it. */
export function VideoBug(
  called: string,
  codec: string,
  localvideo?: Video,
  remotevideo?: Video,
  remoteaudio?: Sound,
): void {
  report('VideoBug', () => {
    const number = calledOf('VideoBug', 'called', called);
    const elements = elementsOf('VideoBug', localvideo, remotevideo, remoteaudio);
    const wanted = textOf(codec);
    return create('VideoBug', elements, false, (client) =>
      client.createSession({kind: 'monitor', number, codec: wanted}),
    );
  });
}

/** Shows a member's picture of a running session to the numbers in `strcalleds`. */
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
    const request = {
      kind: 'member-video',
      sid: requiredText(name, 'cid', cid),
      member: requiredText(name, 'srcmember', srcmember),
      number: textOf(sessionnum),
      name: textOf(sessionname),
      to: listOf(name, 'strcalleds', strcalleds),
    } as const;
    return create(name, elementsOf(name, null, remotevideo, null), false, (client) =>
      client.createSession(request),
    );
  });
}
