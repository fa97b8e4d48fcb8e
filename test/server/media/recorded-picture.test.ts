import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {RtpPacket} from 'werift';
import {RecordedPicture} from '../../../server/media/picture/recorded-picture.js';

/** A video whose frames differ in their first byte; 40 ms each. */
class Film {
  readonly picture = new RecordedPicture();
  #now = 0;

  get now(): number {
    return this.#now;
  }

  add(...names: readonly number[]): this {
    for (const name of names) {
      this.picture.add(Uint8Array.of(name), name % 100 === 0, this.#now);
      this.tick();
      this.tick();
    }
    return this;
  }

  tick(): this {
    this.picture.send(this.#now);
    this.#now += 20;
    return this;
  }
}

/** A viewer. */
class Watcher {
  readonly packets: RtpPacket[] = [];
  readonly #source;

  constructor({picture}: Film) {
    this.#source = picture.stream();
    this.#source.onPacket((packet) => this.packets.push(packet));
    this.ask();
  }

  ask(): void {
    this.#source.requestKeyFrame();
  }

  get names(): (number | undefined)[] {
    return this.packets.map(({payload}) => payload[1]);
  }
}

describe('a picture that was recorded', () => {
  it('is there from its first key frame on, until it is closed', () => {
    const film = new Film().add(1, 2);
    assert.equal(film.picture.live, false);
    film.add(100, 3);
    assert.equal(film.picture.live, true);
    film.picture.close();
    assert.equal(film.picture.live, false);
  });

  it('comes to a late one from its last key frame on, at once, and goes on with the others', () => {
    const film = new Film().add(0, 1, 2, 100, 101, 102, 103);
    const watcher = new Watcher(film);
    film.tick();
    assert.deepEqual(watcher.names, [100, 101, 102, 103]);
    const {timestamp: first} = watcher.packets[0]!.header;
    assert.ok(watcher.packets.at(-1)!.header.timestamp - first < 20 * 90);
    film.add(104, 105);
    assert.deepEqual(watcher.names, [100, 101, 102, 103, 104, 105]);
    const {timestamp: last} = watcher.packets.at(-1)!.header;
    assert.equal(last, (film.now - 40) * 90);
  });

  it('comes anew to one who has lost it, and to nobody else', () => {
    const film = new Film();
    const [one, other] = [new Watcher(film), new Watcher(film)];
    film.add(0, 1, 2);
    one.ask();
    film.add(3);
    assert.deepEqual(one.names, [0, 1, 2, 0, 1, 2, 3]);
    assert.deepEqual(other.names, [0, 1, 2, 3]);
    for (const {packets} of [one, other])
      packets.slice(1).forEach(({header}, index) => {
        assert.equal(header.sequenceNumber, packets[index]!.header.sequenceNumber + 1);
        assert.ok(header.timestamp > packets[index]!.header.timestamp);
      });
  });

  it('leaves out what is over for one who is far behind', () => {
    const film = new Film().add(0, ...Array.from({length: 40}, () => 1));
    const watcher = new Watcher(film);
    film.tick();
    assert.ok(watcher.names.length < 20);
    film.add(100, 101);
    assert.deepEqual(watcher.names.slice(-2), [100, 101]);
    assert.ok(watcher.names.length < 41);
  });

  it('goes on for those who see it, and waits for others, where a key frame is long ago', () => {
    const film = new Film();
    const early = new Watcher(film);
    film.add(0, ...Array.from({length: 950}, () => 1));
    const late = new Watcher(film);
    film.add(2);
    assert.equal(early.names.length, 952);
    assert.deepEqual(late.names, []);
    assert.equal(film.picture.live, true);
    film.add(100, 3);
    assert.deepEqual(late.names, [100, 3]);
    assert.deepEqual(early.names.slice(-2), [100, 3]);
  });
});
