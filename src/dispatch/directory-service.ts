import type {CallServiceHost} from '../core/client/call-service.js';
import type {DirectoryService} from '../core/directory/directory.js';
import type {Group, Person, Position} from '../core/directory/people.js';
import type {ApiMessage} from '../core/types.js';
import {toSipError} from '../errors.js';
import type {Log} from '../sip/log.js';
import {readAll, readGroup, readPerson, readPosition, readState} from './directory-reader.js';
import {makeRequest, textOf, isRecord, type ApiRequest} from './envelope.js';
import {API_EVENT, API_HEADER, TRACE_TYPE} from './protocol.js';

/** Options of the directory. */
export interface DispatchDirectoryOptions {
  readonly host: CallServiceHost;
  readonly log: Log;
  /** Sends a request to the API; resolves with its reply, whatever the code. */
  request(request: ApiRequest, signal?: AbortSignal): Promise<ApiMessage>;
}

/** Selects all types and all domains. */
const EVERY = {type: -1, dnsprefix: ''};

/** The directory of a dispatch server, using the requests `data.…` and `gis.…` (docs/protocol/directory.md). */
export class DispatchDirectory implements DirectoryService {
  readonly #options: DispatchDirectoryOptions;

  constructor(options: DispatchDirectoryOptions) {
    this.#options = options;
  }

  async groups(signal?: AbortSignal): Promise<readonly Group[]> {
    return readAll(await this.#ask(API_HEADER.allGroups, {...EVERY, getemp: this.#me}, signal), readGroup);
  }

  async members(groupnum: string, signal?: AbortSignal): Promise<readonly Person[]> {
    const body = {...EVERY, getemp: this.#me, groupnum};
    const reply = await this.#ask(API_HEADER.groupMembers, body, signal, groupnum);
    return readAll(reply, readPerson).map((person) => (person.group ? person : {...person, group: groupnum}));
  }

  async search(queryinfo: string, signal?: AbortSignal): Promise<readonly Person[]> {
    const body = {queryinfo, getemp: this.#me};
    return readAll(await this.#ask(API_HEADER.queryPeople, body, signal), readPerson);
  }

  async byType(type: number, signal?: AbortSignal): Promise<readonly Person[]> {
    return readAll(await this.#ask(API_HEADER.peopleByType, {type, getemp: this.#me}, signal), readPerson);
  }

  async positions(numbers: readonly string[], signal?: AbortSignal): Promise<readonly Position[]> {
    return readAll(await this.#ask(API_HEADER.positions, {emps: numbers.join(',')}, signal), readPosition);
  }

  async trace(numbers: readonly string[], on: boolean): Promise<void> {
    const type = on ? TRACE_TYPE.follow : TRACE_TYPE.unfollow;
    const emps = numbers.join(',');
    await this.#ask(API_HEADER.tracePositions, {type, getemp: this.#me, emps}, undefined, emps);
  }

  /** Handles the server's events; logs and drops unreadable ones. */
  unsolicited({header, body}: ApiMessage): void {
    if (header === API_EVENT.position) for (const raw of body) this.#moved(raw);
    else if (header === API_EVENT.personState) for (const raw of body) this.#changed(raw);
  }

  get #me(): string {
    return this.#options.host.options.user;
  }

  #moved(raw: unknown): void {
    const position = readPosition(raw);
    if (position) this.#options.host.positionChanged({...position, time: position.time ?? Date.now()});
    else this.#options.log('warning', 'dropped a position from the server: it is no place on earth');
  }

  #changed(raw: unknown): void {
    const number = isRecord(raw) ? textOf(raw['number']) : undefined;
    const state = isRecord(raw) ? readState(raw['state']) : undefined;
    if (number !== undefined && state) this.#options.host.personChanged(number, state);
    else
      this.#options.log('warning', "dropped somebody's state from the server: it has no number or no state");
  }

  async #ask(
    header: string,
    body: object,
    signal?: AbortSignal,
    subject: string = header,
  ): Promise<ApiMessage> {
    const reply = await this.#options.request(makeRequest(header, body), signal);
    if (reply.code) throw toSipError({apiCode: reply.code}, subject);
    return reply;
  }
}
