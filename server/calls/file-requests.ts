import {setTimeout as pause} from 'node:timers/promises';
import {API_CODE, API_HEADER} from '../../src/dispatch/protocol.js';
import type {ApiHandler, ApiReply, ApiRequest} from '../api/handlers.js';
import {numberOf, textOf} from '../api/parameters.js';
import type {CallServices} from './call-services.js';
import {sessionIn} from '../conference/member-requests.js';
import {lengthOf} from '../files/index.js';
import {isSample, UPLOADS_PATH, type StoredFile} from '../uploads/index.js';
import {missing} from './open-file.js';
import type {SessionFiles} from './sessions.js';

/** The most repetitions of a file. */
const MOST_TIMES = 10_000;

/** The most files in the list, and how long their lengths are read, in milliseconds. */
const MOST_LISTED = 1_000;
const LENGTHS_MS = 8_000;

/** The requests that play and stop files, each with its header (docs/protocol/files.md#playing). */
export function fileHandlers(services: CallServices): readonly (readonly [string, ApiHandler])[] {
  const play = onFiles(services, async (files, {FileID, RePlayNum}) => {
    const id = textOf(FileID);
    const times = timesOf(RePlayNum);
    if (id === undefined || times === undefined) return {code: API_CODE.badParameter};
    return (await files.play(id, times)) ?? {code: API_CODE.none};
  });

  const stop = onFiles(services, (files, {FileID}) => {
    const id = textOf(FileID);
    if (id === undefined) return {code: API_CODE.badParameter};
    return files.stop(id) ? {code: API_CODE.none} : missing('That file is not being played.');
  });

  const list: ApiHandler = async () => {
    const {files} = services;
    const stored = (await files.list()).slice(0, MOST_LISTED);
    const late = pause(LENGTHS_MS, undefined, {ref: false});
    const deadline = performance.now() + LENGTHS_MS;
    const body = stored.map(async (file) => {
      if (file.duration !== undefined) return record(file, file.duration);
      const found = await files.find(file.fileid);
      return record(file, found && (await Promise.race([lengthOf(found.path, deadline), late])));
    });
    return {code: API_CODE.none, body: await Promise.all(body)};
  };

  return [
    [API_HEADER.playFile, play],
    [API_HEADER.playFileStop, stop],
    [API_HEADER.allFiles, list],
  ];
}

/** The entry of a file in the list, with its length in seconds and the path of its address. */
function record(
  {fileid, name, type, size, time}: StoredFile,
  duration: number | undefined,
): Readonly<Record<string, string>> {
  return {
    FileID: fileid,
    name,
    type: String(type),
    size: String(size),
    time: String(time),
    url: `${UPLOADS_PATH}/${fileid}`,
    ...(duration !== undefined && {duration: duration.toFixed(2)}),
    ...(isSample(fileid) && {sample: '1'}),
  };
}

/** Handles a request about the files of any session, by a user who may change it. */
function onFiles(
  {sessions}: CallServices,
  answer: (files: SessionFiles, body: ApiRequest['body']) => ApiReply | Promise<ApiReply>,
): ApiHandler {
  return ({body}, {user}) => {
    const session = sessionIn(sessions, body);
    if (typeof session === 'number') return {code: session};
    if (!('files' in session)) return {code: API_CODE.wrongCallType};
    if (!session.controls(user)) return {code: API_CODE.notAllowed};
    return session.files ? answer(session.files, body) : {code: API_CODE.notConnected};
  };
}

/** The count is sent as text with its own quotation marks (docs/protocol/files.md#playing); 1 if it is missing. */
function timesOf(value: unknown): number | undefined {
  if (value === undefined || value === '') return 1;
  const times = numberOf(typeof value === 'string' ? value.replace(/^\s*"(.*)"\s*$/s, '$1') : value);
  return times !== undefined && times >= 1 && times <= MOST_TIMES ? times : undefined;
}
