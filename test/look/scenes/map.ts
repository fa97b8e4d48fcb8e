/** `<sip-map>`: before anyone has a position, over a grid, over a picture with a selection, and from far away. */
import type {SipMapElement} from '../../../src/elements/sip-map/sip-map.js';
import type {StagedClient} from '../../support/staged/staged-client.js';
import {person, type StagedPeople} from '../../support/staged/staged-people.js';
import type {Scenes} from '../scene.js';
import {deep, part, ready, show, shows, textOf} from '../stage.js';

const MINUTE = 60_000;
const CENTER = {lat: 29.93, lng: 121.62};

/** Who is how many thousandths of a degree east and north of the middle, and how long ago that was. */
const PLACES = [
  ['1001', -4.4, 1.6, 4_000],
  ['1002', 0.6, 2.2, 12_000],
  ['1003', 3.8, -0.4, 42 * MINUTE],
  ['1004', -1.6, -1.8, 31_000],
  ['1019', 2.6, -2.6, MINUTE],
  ['1005', -3.4, -0.3, 8_000],
] as const;

/** A plan of a harbor: water, two piers and sheds. */
const PLAN = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 240" width="800" height="480"><rect width="400" height="240" fill="#b9d3e0"/><path d="M0 0h400v70H300v80h-40V70H150v100h-40V70H0z" fill="#e6e2d8"/><g fill="#c9c2b2"><rect x="20" y="16" width="90" height="30"/><rect x="160" y="16" width="60" height="30"/><rect x="270" y="16" width="100" height="30"/><rect x="118" y="90" width="24" height="60"/></g></svg>',
)}`;
const BOUNDS = '29.9255,121.613 29.9345,121.627';

/** A client whose people have positions; many more of them, if so many are wanted. */
async function located(more = 0): Promise<StagedClient> {
  const on = await ready();
  const people = on.directoryService as StagedPeople;
  for (const [number, east, north, age] of PLACES)
    people.places.push({
      number,
      lng: CENTER.lng + east / 1000,
      lat: CENTER.lat + north / 1000,
      time: Date.now() - age,
      raw: {},
    });
  const states = ['online', 'busy', 'offline'] as const;
  people.people = [
    ...people.people,
    ...Array.from({length: more}, (_, index) =>
      person(String(2001 + index), `Patrol ${index + 1}`, '8000', {state: states[index % 3]!}),
    ),
  ];
  for (let index = 0; index < more; index += 1)
    people.places.push({
      number: String(2001 + index),
      lng: CENTER.lng + (((index * 7919) % 997) / 997 - 0.5) * 0.05,
      lat: CENTER.lat + (((index * 104_729) % 991) / 991 - 0.5) * 0.03,
      time: Date.now() - index * 1_000,
      raw: {},
    });
  return on;
}

async function drawn(on: StagedClient, properties: Partial<SipMapElement> = {}): Promise<SipMapElement> {
  const element = await show('sip-map', on, properties);
  await shows(element, () => deep(element, '[role=option]').length > 4);
  // Two frames: the map gets its size in the first.
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  return element;
}

export const mapScenes: Scenes = {
  'map-none': {
    kept: ['light-en-320'],
    async reach() {
      const element = await show('sip-map', await ready());
      await shows(element, () => /No positions/.test(textOf(element)));
    },
  },
  'map-grid': {
    kept: ['dark-zh-CN-320', 'light-en-768'],
    async reach() {
      await drawn(await located());
    },
  },
  'map-selected': {
    kept: ['light-ar-320'],
    async reach() {
      const element = await drawn(await located(), {
        picture: PLAN,
        bounds: BOUNDS,
        selection: ['1001', '1005'],
      });
      await shows(element, () => part(element, 'conference') !== null);
    },
  },
  'map-many': {
    kept: [],
    async reach() {
      await drawn(await located(400));
    },
  },
  'map-failed': {
    kept: ['forced-en-320'],
    async reach() {
      const element = await drawn(await located(), {tiles: 'data:image/png,{z}{x}{y}', selection: ['1003']});
      await shows(element, () => part(element, 'notice') !== null);
    },
  },
};
