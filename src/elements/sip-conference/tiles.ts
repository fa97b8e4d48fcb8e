import type {SipConference} from '../../core/conference/conference.js';
import type {ConferenceMember} from '../../core/conference/conference-member.js';
import type {RemotePicture} from '../../core/types.js';
import {getsVideo, isHeld, sendsVideo} from '../shared/call-picture.js';
import {talks} from './member-text.js';

/** The maximum number of tiles; more could not be told apart. */
const MOST = 12;

/** The content of a tile: a remote video, the user's own video, or a member without video. */
export interface Tile {
  readonly key: string;
  readonly kind: 'picture' | 'own' | 'person';
  readonly picture?: RemotePicture;
  /** The member whose video it is, if known. */
  readonly member?: ConferenceMember | undefined;
}

/** Chooses the tiles of a conference, and keeps the members who spoke last in view. */
export class Tiles {
  /** The order in which members were last heard, by number. */
  readonly #heard = new Map<string, number>();
  #count = 0;

  /**
   * Returns the tiles, and the number of members without one.
   *
   * @param seen - Whether a video has frames to show.
   */
  of(
    conference: SipConference,
    own: string,
    seen: (picture: RemotePicture) => boolean,
  ): {readonly tiles: readonly Tile[]; readonly others: number} {
    const {members} = conference.state;
    const here = members.filter(({phase}) => phase === 'answered');
    for (const member of here) if (talks(member)) this.#heard.set(member.number, (this.#count += 1));
    const shows = getsVideo(conference) && !isHeld(conference);
    const pictures = (shows ? conference.remotePictures : []).map((picture): Tile => ({
      key: `picture ${picture.id}`,
      kind: 'picture',
      picture,
      member: ownerOf(picture, here),
    }));
    const {held, cameraOff, sharing} = conference.state;
    const sends = sendsVideo(conference) && !held && (sharing || !cameraOff);
    const self = here.find(({number}) => number === own);
    const ownTile: Tile[] = sends ? [{key: 'own', kind: 'own', member: self}] : [];
    const covered = new Set(
      [...pictures.filter(({picture}) => picture && seen(picture)), ...ownTile].map(
        ({member}) => member?.number,
      ),
    );
    const people = here.filter(({number, file}) => !file && !covered.has(number));
    const room = MOST - pictures.length - ownTile.length;
    const chosen = people.length > room ? this.#newest(people, Math.max(0, room - 1)) : people;
    const tiles = [
      ...pictures,
      ...ownTile,
      ...chosen.map((member): Tile => ({key: `person ${member.number}`, kind: 'person', member})),
    ];
    return {tiles, others: people.length - chosen.length};
  }

  /** Returns the large tile: a remote video, or the member who is spotlighted, or was heard last. */
  main(tiles: readonly Tile[], own: string): Tile | undefined {
    const heard = ({member}: Tile): number => this.#heard.get(member?.number ?? '') ?? 0;
    const others = tiles.filter(({kind, member}) => kind === 'person' && member?.number !== own);
    return (
      tiles.find(({kind}) => kind === 'picture') ??
      others.find(({member}) => member?.spotlighted) ??
      others.reduce<Tile | undefined>(
        (last, tile) => (last && heard(last) >= heard(tile) ? last : tile),
        undefined,
      ) ??
      tiles[0]
    );
  }

  /** Returns the people heard last, in the order of the members. */
  #newest(people: readonly ConferenceMember[], count: number): readonly ConferenceMember[] {
    const heard = ({number}: ConferenceMember): number => this.#heard.get(number) ?? 0;
    const newest = new Set([...people].sort((one, other) => heard(other) - heard(one)).slice(0, count));
    return people.filter((member) => newest.has(member));
  }
}

/** Returns the member in a video: a server labels the videos, or sends one, that of the spotlighted member. */
function ownerOf({label}: RemotePicture, members: readonly ConferenceMember[]): ConferenceMember | undefined {
  const named = label ? members.find((member) => (member.label ?? member.number) === label) : undefined;
  return named ?? members.find(({spotlighted}) => spotlighted);
}
