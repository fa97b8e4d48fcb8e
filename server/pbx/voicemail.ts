import type {Leg} from '../media/index.js';
import {oldestOfMost} from '../oldest-of-most.js';
import {soundOf, type Sound} from './sounds.js';

/** The longest message and the most of a mailbox: a message takes 5 kB a second. */
const MOST_PACKETS = 3_000;
const MOST_BYTES = 500_000;
const MOST_MESSAGES = 20;
/** What is shorter is no message: the caller has hung up at the beep. */
const FEWEST_PACKETS = 25;

interface Message {
  readonly from: string;
  readonly sound: Sound;
  heard: boolean;
}

/** The mailboxes of all users, in memory. */
export class Voicemail {
  /** Called when the messages of a user have changed. */
  onChange: (user: string) => void = () => undefined;
  readonly #boxes = new Map<string, Message[]>();

  /** Returns how many messages of a user are new, and how many are old. */
  count(user: string): {readonly fresh: number; readonly old: number} {
    const box = this.#boxes.get(user) ?? [];
    const old = box.filter(({heard}) => heard).length;
    return {fresh: box.length - old, old};
  }

  /** Records what a leg sends, until the returned function keeps it as a message from a caller for a user. */
  record({audio}: Leg, user: string, from: string): () => void {
    const sound: Uint8Array[] = [];
    let bytes = 0;
    const unsubscribe = audio.onPacket(({payload}) => {
      if (sound.length >= MOST_PACKETS || bytes + payload.length > MOST_BYTES) return;
      bytes += payload.length;
      sound.push(Uint8Array.from(payload));
    });
    return () => {
      unsubscribe();
      if (sound.length < FEWEST_PACKETS) return;
      const box = [...(this.#boxes.get(user) ?? []), {from, sound, heard: false}];
      this.#boxes.set(user, box.length > MOST_MESSAGES ? withRoom(box) : box);
      this.onChange(user);
    };
  }

  /** Returns a user's messages, each after a beep; from now on they are old. */
  take(user: string): Sound {
    const box = this.#boxes.get(user) ?? [];
    if (!box.length) return soundOf('empty');
    const sound = box.flatMap((message) => [...soundOf('beep'), ...message.sound]);
    for (const message of box) message.heard = true;
    this.onChange(user);
    return sound;
  }
}

/** Returns a box without its oldest heard message, or else the oldest one of the caller with the most messages. */
function withRoom(box: readonly Message[]): Message[] {
  const left = box.find(({heard}) => heard) ?? oldestOfMost(box, ({from}) => from);
  return box.filter((message) => message !== left);
}
