import {USER_TYPE} from '../../src/dispatch/protocol.js';
import type {UserRecord} from '../users.js';

/** A position: degrees east and north, and its time in milliseconds since the epoch. */
export interface Place {
  readonly lng: number;
  readonly lat: number;
  readonly time: number;
}

/** The location of the sample organization: a harbor. */
const CENTER = {lng: 121.62, lat: 29.93};

/** The duration of a round, in milliseconds. */
const ROUND = 10 * 60_000;

const MOBILE: readonly number[] = [USER_TYPE.handheld, USER_TYPE.handheld3g];

/** Returns a user's position: users with a handheld walk their rounds, cameras stay in place, others have none. */
export function placeOf({number, type}: UserRecord, time: number): Place | undefined {
  const moves = MOBILE.includes(type);
  if (!moves && type !== USER_TYPE.camera) return undefined;
  const seed = Number(number) % 97;
  const home = {
    lng: CENTER.lng + ((seed * 7) % 31) / 1000 - 0.015,
    lat: CENTER.lat + ((seed * 11) % 23) / 1000 - 0.011,
  };
  const angle = ((moves ? time / ROUND : 0) + seed / 97) * 2 * Math.PI;
  return {
    lng: rounded(home.lng + 0.004 * Math.cos(angle)),
    lat: rounded(home.lat + 0.003 * Math.sin(angle)),
    time,
  };
}

const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
