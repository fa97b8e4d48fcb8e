import type {ConferenceService, MembersListener, MemberSwitch} from '../core/conference/conference.js';
import type {MemberReport} from '../core/conference/conference-member.js';
import type {CallFiles, FileListener} from '../core/call/call-init.js';
import type {ApiMessage} from '../core/types.js';
import {SipError, toSipError} from '../errors.js';
import {isRecord, makeRequest, textOf, UNREPORTED, type ApiRequest} from './envelope.js';
import {readMember} from './member-reader.js';
import {API_CODE, API_HEADER, MEMBER_SWITCH, PUSH_TYPE} from './protocol.js';

/** Options of a session's commands. */
export interface SessionCommandsOptions {
  readonly cid: string;
  /** Sends a request to the API; resolves with its reply, whatever the code. */
  readonly request: (request: ApiRequest) => Promise<ApiMessage>;
}

/** An added member answers manually, and may speak (docs/protocol/conferences.md#changing-members). */
const ADDED = {astype: 2, speakertype: MEMBER_SWITCH.on} as const;

/** Refusals of a member list that a retry would not change. */
const FUTILE: ReadonlySet<number> = new Set([
  API_CODE.badParameter,
  API_CODE.sessionNotFound,
  API_CODE.notAllowed,
  API_CODE.wrongCallType,
  API_CODE.notADispatcher,
]);

/** The request for each switch of a member (docs/protocol/conferences.md#changing-members). */
const SWITCHES = {
  speaking: {header: API_HEADER.memberSpeak, field: 'stype', on: MEMBER_SWITCH.on, off: MEMBER_SWITCH.off},
  hearing: {header: API_HEADER.memberHear, field: 'htype', on: MEMBER_SWITCH.on, off: MEMBER_SWITCH.off},
  spotlighted: {header: API_HEADER.memberPush, field: 'ptype', on: PUSH_TYPE.push, off: PUSH_TYPE.stop},
} as const satisfies Record<MemberSwitch, {header: string; field: string; on: number; off: number}>;

/** Sends a command to a session. @throws {SipError} the server's reason to refuse */
async function ask(
  {cid, request}: SessionCommandsOptions,
  header: string,
  body: object,
  subject: string,
): Promise<void> {
  const {code} = await request(makeRequest(header, {cid, ...body}));
  if (code) throw toSipError({apiCode: code}, subject);
}

/** Plays the server's files into a session, and follows their progress (docs/protocol/files.md#playing). */
export class SessionFiles implements CallFiles {
  readonly #options: SessionCommandsOptions;
  readonly #listeners = new Map<string, FileListener>();

  constructor(options: SessionCommandsOptions) {
    this.#options = options;
  }

  async play(id: string, times: number): Promise<void> {
    // The quotation marks are part of the count.
    const body = {FileID: id, RePlayNum: `"${times}"`, playnow: '1'};
    await ask(this.#options, API_HEADER.playFile, body, id);
  }

  async stop(id: string): Promise<void> {
    await ask(this.#options, API_HEADER.playFileStop, {FileID: id}, id);
  }

  follow(id: string, listener: FileListener): () => void {
    this.#listeners.set(id, listener);
    return () => {
      if (this.#listeners.get(id) === listener) this.#listeners.delete(id);
    };
  }

  /** Handles a member event of this or another session: a file that plays is a member. */
  event({body}: ApiMessage): void {
    for (const raw of body) {
      if (!isRecord(raw) || textOf(raw['cid']) !== this.#options.cid) continue;
      const {file, phase} = readMember(raw) ?? {};
      if (file) this.#listeners.get(file.id)?.(phase === 'released' ? undefined : file);
    }
  }
}

/** Options of a conference, or of the members of an intercom. */
export interface DispatchConferenceOptions extends SessionCommandsOptions {
  /** How long a list of members stays valid without member events, in milliseconds. */
  readonly patience: number;
}

/**
 * A conference of a dispatch server. Follows its members by the server's events, if it sends any; otherwise requests
 * them after each command and periodically.
 */
export class DispatchConference implements ConferenceService {
  readonly #options: DispatchConferenceOptions;
  #listener: MembersListener | undefined;
  /** Whether the server sends member events. */
  #sendsEvents = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #listing: Promise<void> | undefined;
  /** Another refresh was requested during a pending one. */
  #again = false;

  constructor(options: DispatchConferenceOptions) {
    this.#options = options;
  }

  follow(listener: MembersListener): void {
    this.#listener = listener;
  }

  close(): void {
    this.#listener = undefined;
    clearTimeout(this.#timer);
  }

  refresh(): void {
    if (this.#listing) this.#again = true;
    else if (this.#listener) this.#listing = this.#list();
  }

  /** Handles a member event of this or another conference. */
  event({body}: ApiMessage): void {
    const own = body.filter((raw) => isRecord(raw) && textOf(raw['cid']) === this.#options.cid);
    if (!own.length) return;
    this.#sendsEvents = true;
    clearTimeout(this.#timer);
    this.#listener?.onSome(own.flatMap(read));
  }

  async add(number: string): Promise<void> {
    await this.#change(API_HEADER.addMember, {number, ...ADDED}, number);
  }

  async remove(number: string): Promise<void> {
    await this.#change(API_HEADER.deleteMember, {number}, number);
  }

  async set(number: string, what: MemberSwitch, on: boolean): Promise<void> {
    const {header, field, ...values} = SWITCHES[what];
    await this.#change(header, {number, [field]: on ? values.on : values.off}, number);
  }

  async end(): Promise<void> {
    const {cid, request} = this.#options;
    const {code} = await request(makeRequest(API_HEADER.forceEnd, {cid}));
    if (code && code !== API_CODE.sessionNotFound) throw toSipError({apiCode: code}, 'end');
  }

  async #change(header: string, body: object, number: string): Promise<void> {
    await ask(this.#options, header, body, number);
    if (!this.#sendsEvents) this.refresh();
  }

  async #list(): Promise<void> {
    const {cid, request, patience} = this.#options;
    clearTimeout(this.#timer);
    this.#again = false;
    let known = true;
    try {
      // The page did not make this request, and does not receive the reply.
      const reply = await request({...makeRequest(API_HEADER.allMembers, {cid}), [UNREPORTED]: true});
      const reports = reply.body.flatMap(read);
      // This side is a member itself, so an empty list was not readable.
      if (!reply.code && reports.length) this.#listener?.onAll(reports);
      else if (reply.code) known = !FUTILE.has(reply.code);
    } catch (error) {
      known = !(error instanceof SipError && error.code === 'no-dispatch-server');
    }
    this.#listing = undefined;
    if (!this.#listener) return;
    if (this.#again) this.refresh();
    else if (known && !this.#sendsEvents) this.#timer = setTimeout(() => this.refresh(), patience);
  }
}

function read(raw: unknown): readonly MemberReport[] {
  const report = readMember(raw);
  return report ? [report] : [];
}
