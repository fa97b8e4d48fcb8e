import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {entryOf} from '../../src/core/history/history-entry.js';
import type {SipMessage} from '../../src/core/messages/message.js';
import {SummaryList} from '../../src/core/messages/message-summaries.js';
import {receivedMessage} from '../../src/sip/received-message.js';
import {ConfbridgeTable} from '../../src/standard/confbridge-event.js';

/** The number of messages that a stranger sends, each of the size of a frame. */
const MESSAGES = 500;
const FRAME = 60_000;
/** What may be kept of each, in bytes: less than a tenth of a frame. */
const KEPT = FRAME / 10;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Returns how many bytes are kept of each message. The frames are decoded as those of a socket are. */
function keptOfEach(keep: (frame: string, index: number) => void, write: (index: number) => string): number {
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let index = 0; index < MESSAGES; index += 1) keep(Buffer.from(write(index)).toString(), index);
  collect();
  return (process.memoryUsage().heapUsed - before) / MESSAGES;
}

/** A frame whose end is the part that is read. */
const before = (part: string): string => 'x'.repeat(FRAME) + part;
const cut = (frame: string): string => frame.slice(FRAME);

describe('of a long message', () => {
  it('a short text keeps no more in memory than itself', () => {
    const kept: unknown[] = [];
    const size = keptOfEach(
      (frame) => {
        const part = cut(frame);
        kept.push(receivedMessage({from: part, name: part, body: part, contentType: part}));
      },
      (index) => before(`user-number-${index}@evil.example`),
    );
    assert.ok(size < KEPT, `${size} bytes of each of ${kept.length}`);
  });

  it('the list of conversations keeps the beginning of its text', () => {
    const list = new SummaryList({
      update: () => {},
      isOpen: () => false,
      dropped: () => {},
      tell: () => true,
    });
    const size = keptOfEach(
      (text, index) => {
        const number = `${index}@evil.example`;
        const from = {number, direction: 'incoming', contentType: 'text/plain', state: 'received'} as const;
        const message: SipMessage = {...from, id: number, text, time: index};
        list.add([message], '', true);
      },
      (index) => `${index} ${'z'.repeat(FRAME)}`,
    );
    assert.equal(list.get('0@evil.example')!.last!.text.length, 1_000);
    assert.ok(size < KEPT, `${size} bytes`);
  });

  it('the history keeps the number and the Call-ID', () => {
    const kept: unknown[] = [];
    const size = keptOfEach(
      (frame, index) => {
        const part = cut(frame);
        const call = {id: part, type: 'single', direction: 'incoming', media: 'audio', time: 0} as const;
        kept.push(entryOf({...call, remote: {number: part, name: part}}, String(index)));
      },
      (index) => before(`user-number-${index}@evil.example`),
    );
    assert.ok(size < KEPT, `${size} bytes of each of ${kept.length}`);
  });

  it('a ConfBridge keeps the beginning of a number', () => {
    const table = new ConfbridgeTable((number) => number);
    const size = keptOfEach(
      (text) => assert.ok(table.read(text)),
      (index) => {
        const caller = {number: `${index}7`.padEnd(FRAME, '7')};
        return JSON.stringify({type: 'ConfbridgeJoin', channels: [{id: `channel ${index}`, caller}]});
      },
    );
    assert.equal(table.members?.[0]?.number.length, 1_000);
    assert.ok(size < KEPT, `${size} bytes`);
  });
});
