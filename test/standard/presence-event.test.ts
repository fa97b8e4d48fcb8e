import {expect} from '@open-wc/testing';
import {readPresence} from '../../src/standard/presence-event.js';
import {pidf} from '../support/wire/wire-notifier.js';

describe('readPresence', () => {
  const DRAFT = 'urn:ietf:params:xml:ns:pidf:rpid:rpid-person';
  const two = pidf('bob', 'closed').replace(
    '</tuple>',
    '</tuple><tuple id="t2"><status><basic> open </basic></status></tuple>',
  );
  const documents: readonly (readonly [name: string, text: string, state: string | undefined])[] = [
    ['open', pidf('bob', 'open'), 'online'],
    ['closed', pidf('bob', 'closed'), 'offline'],
    ['one open of two', two, 'online'],
    ['open and away', pidf('bob', 'open', 'vacation'), 'away'],
    ['open and in a call', pidf('bob', 'open', 'on-the-phone'), 'busy'],
    ['closed and in a call', pidf('bob', 'closed', 'busy'), 'busy'],
    ['closed and away', pidf('bob', 'closed', 'away'), 'offline'],
    ['an activity that says nothing', pidf('bob', 'open', 'unknown'), 'online'],
    ['an activity of the drafts', pidf('bob', 'open', 'busy', DRAFT), 'busy'],
    ['an activity of somebody else’s', pidf('bob', 'open', 'busy', 'urn:example'), 'online'],
    ['nothing of either', pidf('bob', ''), undefined],
    ['another number', pidf('carol', 'open'), 'malformed'],
    ['no XML', 'open', 'malformed'],
    ['another document', '<html xmlns="http://www.w3.org/1999/xhtml"/>', 'malformed'],
  ];
  for (const [name, text, state] of documents)
    it(`reads ${name}`, () => {
      expect(readPresence(text, 'bob')).to.equal(state);
    });

  it('compares numbers as addresses write them', () => {
    expect(readPresence(pidf('%2A76', 'open'), '*76')).to.equal('online');
    expect(readPresence(pidf('bob;x=1', 'open'), 'bob')).to.equal('online');
    expect(readPresence(pidf('%', 'open'), '%')).to.equal('online');
  });

  it('compares the user part of a number of another domain, whatever domain the server writes', () => {
    const number = '1002@other.example';
    expect(readPresence(pidf('1002', 'open'), number)).to.equal('online');
    expect(readPresence(pidf('1002', 'open').replace('wire.test', 'other.example'), number)).to.equal(
      'online',
    );
    expect(readPresence(pidf('1003', 'open'), number)).to.equal('malformed');
  });
});
