import type {SipConference} from '../../../core/conference/conference.js';
import type {ConferenceMember} from '../../../core/conference/conference-member.js';
import type {RemotePicture} from '../../../core/types.js';
import {getsVideo, isHeld, sendsVideo} from '../../shared/calls/call-picture.js';
import {talks} from '../member-text.js';

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
   * Returns the tiles to show, and the videos without frames.
   *
   * @param seen - Whether a video has frames to show.
   * @param single - The videos of single members, by number: they take the place of the one for the whole conference.
   * @param switched - Whether the one video of the conference is always that of another member.
   */
  of(
    conference: SipConference,
    own: string,
    seen: (picture: RemotePicture) => boolean,
    single: ReadonlyMap<string, RemotePicture> = new Map(),
    switched = false,
  ): {readonly tiles: readonly Tile[]; readonly waiting: readonly Tile[]} {
    const here = participants(conference);
    const numbers = new Set(here.map(({number}) => number));
    for (const number of this.#heard.keys()) if (!numbers.has(number)) this.#heard.delete(number);
    for (const member of here) if (talks(member)) this.#heard.set(member.number, (this.#count += 1));
    const held = isHeld(conference);
    const others = here.filter(({number}) => number !== own);
    const only = switched && others.length === 1 ? others[0] : undefined;
    const shared = (getsVideo(conference) && !held ? conference.remotePictures : []).map((picture): Tile => ({
      key: `picture ${picture.id}`,
      kind: 'picture',
      picture,
      member: ownerOf(picture, here) ?? only,
    }));
    const singles = here.flatMap((member): Tile[] => {
      const picture = held ? undefined : single.get(member.number);
      return picture ? [{key: `member ${member.number}`, kind: 'picture', picture, member}] : [];
    });
    const all = [...shared, ...singles];
    const arrived = new Set(singles.filter(({picture}) => seen(picture!)).map(({member}) => member!.number));
    const pictures = all.filter(
      (tile) => seen(tile.picture!) && !(shared.includes(tile) && arrived.has(tile.member?.number ?? '')),
    );
    const {held: holds, cameraOff, sharing} = conference.state;
    const sends = sendsVideo(conference) && !holds && (sharing || !cameraOff);
    const self = here.find(({number}) => number === own);
    const ownTile: Tile[] = sends ? [{key: 'own', kind: 'own', member: self}] : [];
    const covered = new Set([...pictures, ...ownTile].map(({member}) => member?.number));
    const people = here.filter(({number}) => !covered.has(number));
    return {
      tiles: [
        ...pictures,
        ...ownTile,
        ...people.map((member): Tile => ({key: `person ${member.number}`, kind: 'person', member})),
      ],
      waiting: all.filter(({picture}) => !seen(picture!)),
    };
  }

  /**
   * Divides tiles into pages of about the same size. The first page has the speaker, this user, the videos and the
   * members who were heard last; the order of the tiles stays.
   *
   * @param most - The maximum number of tiles on a page.
   */
  pages(tiles: readonly Tile[], most: number): readonly (readonly Tile[])[] {
    const count = Math.max(1, Math.ceil(tiles.length / most));
    const size = Math.ceil(tiles.length / count);
    const ranked = [...tiles].sort((one, other) => this.#rank(other) - this.#rank(one));
    const first = new Set(ranked.slice(0, size));
    const ordered = [...tiles.filter((tile) => first.has(tile)), ...tiles.filter((tile) => !first.has(tile))];
    return Array.from({length: count}, (_, page) => ordered.slice(page * size, (page + 1) * size));
  }

  /** Returns the large tile: of the videos, or else of the others, that of the spotlighted or last heard member. */
  main(tiles: readonly Tile[], own: string): Tile | undefined {
    const heard = ({member}: Tile): number => this.#heard.get(member?.number ?? '') ?? 0;
    const pictures = tiles.filter(({kind}) => kind === 'picture');
    const others = tiles.filter(({kind, member}) => kind === 'person' && member?.number !== own);
    const candidates = pictures.length ? pictures : others;
    return (
      candidates.find(({member}) => member?.spotlighted) ??
      candidates.reduce<Tile | undefined>(
        (last, tile) => (last && heard(last) >= heard(tile) ? last : tile),
        undefined,
      ) ??
      tiles[0]
    );
  }

  /** Returns how much a tile belongs to the first page; members rank by when they were last heard. */
  #rank({kind, member}: Tile): number {
    const heard = (member && this.#heard.get(member.number)) ?? 0;
    const step = this.#count + 1;
    if (kind === 'own' || (kind === 'picture' && !member) || member?.spotlighted) return 3 * step;
    if (member && talks(member)) return 2 * step + heard;
    return kind === 'picture' ? step + heard : heard;
  }
}

/** Returns the people who take part. Files that the server plays, and people who have not joined, do not. */
export function participants(conference: SipConference): readonly ConferenceMember[] {
  return conference.state.members
    .filter(({phase, file}) => phase === 'answered' && !file)
    .map((member) => conference.identify(member));
}

/**
 * Returns the member in a video, if known: servers label the videos; or they send one, and report whose it is, or which
 * member is spotlighted.
 */
function ownerOf({label}: RemotePicture, members: readonly ConferenceMember[]): ConferenceMember | undefined {
  if (label) return members.find((member) => (member.label ?? member.number) === label);
  const reported = members.some(({pictured}) => pictured !== undefined);
  return members.find(({pictured, spotlighted}) => (reported ? pictured : spotlighted));
}
