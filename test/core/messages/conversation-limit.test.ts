import {expect} from '@open-wc/testing';
import {surplus} from '../../../src/core/messages/conversation-limit.js';
import type {ConversationSummary} from '../../../src/core/messages/messages-state.js';

const HOUR = 3_600_000;

describe('the conversations above the limit', () => {
  const of = (number: string, time: number): ConversationSummary => ({
    number,
    name: '',
    unread: 1,
    last: {
      ...{id: number, number, direction: 'incoming', text: 'hi', contentType: 'text/plain'},
      ...{time, state: 'received'},
    },
  });
  /** Those that go of so many of the own domain and of others, one a second, the last of them just now. */
  function gone(own: number, others: number, age: number): string[] {
    const all = [
      ...Array.from({length: own}, (_, index) => of(`${index}`, index)),
      ...Array.from({length: others}, (_, index) =>
        of(`u${index}@partner.example`, Date.now() - age - (others - index) * 1_000),
      ),
    ];
    return surplus(all, (number) => number === `u${others - 1}@partner.example`).map(({number}) => number);
  }

  it('are as few as possible if those of other domains are young', () =>
    expect(gone(971, 30, 0)).to.deep.equal(['u0@partner.example']));

  it('are at most half of those of other domains', () => expect(gone(971, 30, HOUR)).to.have.length(14));

  it('are some at once if there are many', () => expect(gone(500, 501, HOUR)).to.have.length(50));

  it('are those of the own domain if there are no others', () => {
    expect(gone(1_001, 0, 0)).to.deep.equal(['0']);
    expect(gone(1_003, 2, 0)).to.deep.equal(['u0@partner.example', '0', '1', '2', '3']);
  });
});
