import {API_CODE, API_HEADER} from '../../../src/dispatch/protocol.js';
import type {ApiHandler} from '../api/handlers.js';
import {numberOf, textOf} from '../api/parameters.js';
import type {CallServices} from './call-services.js';
import {onConference} from './member-requests.js';
import {missing} from './open-file.js';

/** How often a file is played at most. */
const MOST_TIMES = 10_000;

/** The requests that play and stop files, each with its header (protocol page §5). */
export function fileHandlers(services: CallServices): readonly (readonly [string, ApiHandler])[] {
  const play = onConference(services, async (conference, {FileID, RePlayNum}) => {
    const id = textOf(FileID);
    const times = timesOf(RePlayNum);
    if (id === undefined || times === undefined) return {code: API_CODE.badParameter};
    return (await conference.files.play(id, times)) ?? {code: API_CODE.none};
  });

  const stop = onConference(services, (conference, {FileID}) => {
    const id = textOf(FileID);
    if (id === undefined) return {code: API_CODE.badParameter};
    return conference.files.stop(id) ? {code: API_CODE.none} : missing('That file is not being played.');
  });

  return [
    [API_HEADER.playFile, play],
    [API_HEADER.playFileStop, stop],
  ];
}

/** The count travels as a text in quotation marks of its own (protocol page §5); once where it is missing. */
function timesOf(value: unknown): number | undefined {
  if (value === undefined || value === '') return 1;
  const times = numberOf(typeof value === 'string' ? value.replace(/^\s*"(.*)"\s*$/s, '$1') : value);
  return times !== undefined && times >= 1 && times <= MOST_TIMES ? times : undefined;
}
