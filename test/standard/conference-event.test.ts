import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {Addresses} from '../../src/sip/headers/addresses.js';
import {ConferenceTable} from '../../src/standard/conference-event.js';
import {conferenceInfo, endpoint} from '../support/wire/conference-info.js';

const ALICE = {entity: 'sip:1001@wire.test', name: 'Alice'};
const BOB = {entity: 'sip:1002@wire.test', name: 'Bob'};
const PARTIAL = {state: 'partial'};

const addresses = new Addresses({domain: 'wire.test', hosts: new Set(['wire.test'])});

describe('ConferenceTable', () => {
  let table: ConferenceTable;
  beforeEach(() => (table = new ConferenceTable((address) => addresses.numberAt(address) ?? address)));

  const numbers = (): string[] | undefined => table.members?.map(({number}) => number);
  const one = (inner: string): unknown => {
    table.clear();
    table.read(conferenceInfo(1, [{...BOB, inner}]));
    return table.members;
  };

  it('keeps of a device no more than is read of a header', () => {
    const long = 'x'.repeat(50_000);
    const video = `<media id="1"><type>video</type><label>${long}</label></media>`;
    const [member] = one(endpoint('connected', {more: video})) as {label?: string}[];
    expect(member?.label).to.have.length(1_000);
    expect(one(endpoint('connected', {entity: long}) + endpoint('alerting'))).to.deep.equal([
      {number: '1002', name: 'Bob', phase: 'ringing'},
    ]);
  });

  it('knows nobody before the first document', () => expect(table.members).to.equal(undefined));

  it('takes a whole document, and what an earlier one told no more', () => {
    expect(table.read(conferenceInfo(1, [ALICE, BOB]))).to.equal('taken');
    expect(table.members).to.deep.equal([
      {number: '1001', name: 'Alice', phase: 'answered'},
      {number: '1002', name: 'Bob', phase: 'answered'},
    ]);
    expect(table.read(conferenceInfo(9, [BOB]))).to.equal('taken');
    expect(numbers()).to.deep.equal(['1002']);
    expect(table.addressOf('1002')).to.equal('sip:1002@wire.test');
    expect(table.addressOf('1001')).to.equal(undefined);
  });

  it('puts partial documents together: who comes, changes and is deleted', () => {
    table.read(conferenceInfo(1, [ALICE]));
    expect(table.read(conferenceInfo(2, [BOB], PARTIAL))).to.equal('taken');
    expect(numbers()).to.deep.equal(['1001', '1002']);
    table.read(
      conferenceInfo(3, [{entity: BOB.entity, ...PARTIAL, inner: endpoint('on-hold', PARTIAL)}], PARTIAL),
    );
    expect(table.members![1]).to.deep.equal({number: '1002', name: 'Bob', phase: 'answered'});
    table.read(conferenceInfo(4, [{entity: ALICE.entity, state: 'deleted', inner: ''}], PARTIAL));
    expect(numbers()).to.deep.equal(['1002']);
    // The list of users alone is whole.
    table.read(conferenceInfo(5, [ALICE], {state: 'partial', usersState: 'full'}));
    expect(numbers()).to.deep.equal(['1001']);
    expect(table.read(conferenceInfo(6, [], {state: 'deleted'}))).to.equal('taken');
    expect(numbers()).to.deep.equal([]);
  });

  it('takes no older document, and tells where one is missing', () => {
    table.read(conferenceInfo(5, [ALICE]));
    for (const version of [5, 4]) expect(table.read(conferenceInfo(version, []))).to.equal('outdated');
    expect(numbers()).to.deep.equal(['1001']);
    expect(table.read(conferenceInfo(7, [BOB], PARTIAL))).to.equal('gap');
    table.clear();
    expect(table.members).to.equal(undefined);
    expect(table.read(conferenceInfo(1, [BOB], PARTIAL))).to.equal('gap');
    expect(table.read(conferenceInfo(2, [BOB]))).to.equal('taken');
  });

  for (const [status, phase] of [
    ['connected', 'answered'],
    ['on-hold', 'answered'],
    ['disconnecting', 'answered'],
    ['something-new', 'answered'],
    ['constructor', 'answered'],
    ['toString', 'answered'],
    ['alerting', 'ringing'],
    ['dialing-out', 'init'],
    ['dialing-in', 'init'],
    ['pending', 'init'],
  ])
    it(`takes ${status} for ${phase}`, () =>
      expect(one(endpoint(status!))).to.deep.equal([{number: '1002', name: 'Bob', phase}]));

  it('knows who left, and who could not be reached', () => {
    const gone = (method: string): string =>
      endpoint('disconnected', {more: `<disconnection-method>${method}</disconnection-method>`});
    for (const inner of [endpoint('disconnected'), gone('departed'), gone('booted')])
      expect(one(inner)).to.deep.equal([]);
    expect(one(gone('busy'))).to.deep.equal([
      {number: '1002', name: 'Bob', phase: 'released', cause: {by: 'remote', code: 'busy'}},
    ]);
    expect(one(gone('failed'))).to.deep.include.members([
      {number: '1002', name: 'Bob', phase: 'released', cause: {by: 'remote', code: 'no-answer'}},
    ]);
    table.read(conferenceInfo(2, [{...BOB, ...PARTIAL, inner: endpoint('', {state: 'deleted'})}], PARTIAL));
    expect(table.members).to.deep.equal([]);
    expect(one('')).to.deep.equal([{number: '1002', name: 'Bob', phase: 'answered'}]);
  });

  it('knows who is heard and hears, and what a picture is called', () => {
    const media = (status: string): string =>
      endpoint('connected', {
        more: `<media id="1"><type>audio</type><status>${status}</status></media>
          <media id="2"><type>video</type><label>L2</label><status>sendrecv</status></media>`,
      });
    for (const [status, speaking, hearing] of [
      ['sendrecv', true, true],
      ['sendonly', true, false],
      ['recvonly', false, true],
      ['inactive', false, false],
    ] as const)
      expect(one(media(status))).to.deep.equal([
        {number: '1002', name: 'Bob', phase: 'answered', speaking, hearing, label: 'L2'},
      ]);
    expect(one(endpoint('muted-via-focus'))).to.deep.equal([
      {number: '1002', name: 'Bob', phase: 'answered', speaking: false},
    ]);
  });

  it('lists somebody once who takes part with several devices', () => {
    const inner = endpoint('disconnected', {entity: 'a'}) + endpoint('alerting', {entity: 'b'});
    expect(one(inner)).to.deep.equal([{number: '1002', name: 'Bob', phase: 'ringing'}]);
    // If one of them has answered, another one may still ring.
    const both = endpoint('connected', {entity: 'a'}) + endpoint('alerting', {entity: 'b'});
    expect(one(both)).to.deep.equal([{number: '1002', name: 'Bob', phase: 'answered'}]);
    table.read(
      conferenceInfo(2, [
        {...BOB, inner: endpoint('alerting')},
        {entity: 'sip:1002@WIRE.test;user=phone', name: 'B'},
      ]),
    );
    expect(table.members).to.deep.equal([{number: '1002', name: 'B', phase: 'answered'}]);
    table.read(conferenceInfo(3, [BOB, {...BOB, entity: 'sip:1002@other.test'}]));
    expect(numbers()).to.deep.equal(['1002', '1002@other.test']);
  });

  it('reads numbers as they are escaped, and addresses without one', () => {
    table.read(
      conferenceInfo(1, [
        {entity: 'sip:%2331@wire.test'},
        {entity: 'sip:%ZZ@wire.test'},
        {entity: 'xmpp:alice@wire.test'},
        {entity: ''},
      ]),
    );
    expect(numbers()).to.deep.equal(['#31', 'sip:%ZZ@wire.test', 'xmpp:alice@wire.test']);
  });

  it('takes names as text', () => {
    table.read(conferenceInfo(1, [{...BOB, name: '&lt;b onclick="x"&gt;'}]));
    expect(table.members![0]!.name).to.equal('<b onclick="x">');
  });

  it('leaves aside what it cannot read', () => {
    table.read(conferenceInfo(1, [ALICE]));
    const good = conferenceInfo(2, [BOB]);
    for (const text of [
      '',
      'x',
      '<conference-info/>',
      good.replace('conference-info"', 'x"'),
      good.replace('version="2"', ''),
      good.replace('version="2"', 'version="-2"'),
      good.replace('state="full"', 'state="some"'),
      good.replace('</users>', ''),
      good.replace('<conference-info', '<!DOCTYPE x [<!ENTITY a "aaaa">]><conference-info'),
      good.replace('Bob', 'x'.repeat(1_000_001)),
    ])
      expect(table.read(text), text.slice(0, 80)).to.equal('malformed');
    expect(numbers()).to.deep.equal(['1001']);
  });

  it('keeps no more than a thousand in mind', () => {
    const users = Array.from({length: 1_200}, (_, index) => ({entity: `sip:${index}@wire.test`}));
    table.read(conferenceInfo(1, users));
    expect(table.members).to.have.length(1_000);
  });

  it('takes any text without an exception', () => {
    const words = fc.constantFrom('full', 'partial', 'deleted', 'x', '', 'connected', 'disconnected');
    fc.assert(
      fc.property(fc.nat(9), words, words, words, words, (version, state, usersState, user, status) => {
        table.read(
          conferenceInfo(version, [{...BOB, state: user, inner: endpoint(status)}], {state, usersState}),
        );
        for (const {number} of table.members ?? []) expect(number).to.equal('1002');
      }),
    );
  });
});
