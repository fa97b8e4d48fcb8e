import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {ConfbridgeTable} from '../../src/standard/confbridge-event.js';
import {bridgeEvent, channel} from '../support/wire/confbridge.js';

describe('ConfbridgeTable', () => {
  const alice = channel('1001', '16');
  const bob = channel('1002', '19');

  function told(...events: readonly string[]): ConfbridgeTable {
    const table = new ConfbridgeTable((number) => number);
    for (const event of events) expect(table.read(event)).to.equal(true);
    return table;
  }
  const who = (table: ConfbridgeTable): string[] | undefined =>
    table.members?.map(({number, label}) => `${number} ${label}`);

  it('knows nobody before the first event', () =>
    expect(new ConfbridgeTable((number) => number).members).to.equal(undefined));

  it('keeps of a channel no more than is read of a header', () => {
    const long = '1'.repeat(50_000);
    const table = told(bridgeEvent('Welcome', [{...alice, id: long}, channel(long, '7')]));
    expect(table.members?.map(({number}) => number.length)).to.deep.equal([1_000]);
  });

  it('takes all who are there from the welcome, and forgets those before', () => {
    const table = told(bridgeEvent('Join', [channel('1009', '7')]), bridgeEvent('Welcome', [alice, bob]));
    expect(table.members).to.deep.equal([
      {number: '1001', name: '', phase: 'answered', speaking: true, talking: false, label: '1795562682.16'},
      {number: '1002', name: '', phase: 'answered', speaking: true, talking: false, label: '1795562682.19'},
    ]);
  });

  it('follows who comes and goes', () => {
    const table = told(bridgeEvent('Welcome', [alice]), bridgeEvent('Join', [bob]));
    expect(who(table)).to.deep.equal(['1001 1795562682.16', '1002 1795562682.19']);
    table.read(bridgeEvent('Leave', [alice]));
    expect(who(table)).to.deep.equal(['1002 1795562682.19']);
    table.read(bridgeEvent('End', []));
    expect(who(table)).to.deep.equal([]);
  });

  it('follows who talks and who is muted', () => {
    const table = told(
      bridgeEvent('Welcome', [alice, {...bob, muted: true}]),
      bridgeEvent('Talking', [{...alice, talking_status: 'on'}]),
    );
    const flags = (): unknown => table.members!.map(({speaking, talking}) => [speaking, talking]);
    expect(flags()).to.deep.equal([
      [true, true],
      [false, false],
    ]);
    for (const event of [bridgeEvent('Mute', [alice]), bridgeEvent('Unmute', [bob])]) table.read(event);
    expect(flags()).to.deep.equal([
      [false, false],
      [true, false],
    ]);
    table.read(bridgeEvent('Talking', [{...channel('1009', '7'), talking_status: 'on'}]));
    expect(who(table)).to.have.length(2);
  });

  it('lists somebody once who is there with two devices, until the last one leaves', () => {
    const other = channel('1001', '20');
    const table = told(bridgeEvent('Welcome', [alice, other]));
    expect(who(table)).to.deep.equal(['1001 1795562682.16']);
    table.read(bridgeEvent('Leave', [alice]));
    expect(who(table)).to.deep.equal(['1001 1795562682.20']);
    table.read(bridgeEvent('Leave', [other]));
    expect(who(table)).to.deep.equal([]);
  });

  it('names somebody without a number by the channel', () => {
    const table = told(bridgeEvent('Join', [{...alice, caller: {name: 'A', number: ''}}, {id: 'x'}]));
    expect(table.members!.map(({number, name}) => `${number} ${name}`)).to.deep.equal([
      'PJSIP/1001-16 A',
      'x ',
    ]);
  });

  it('leaves aside what it cannot read', () => {
    const table = told(bridgeEvent('Welcome', [alice]));
    const large = bridgeEvent('Welcome', [{...bob, name: 'x'.repeat(1_000_001)}]);
    const broken = ['', '{', '[]', 'null', '"x"', '{}', '{"type":"ConfbridgeJoin"}'];
    for (const text of [...broken, '{"type":7,"channels":[]}', large])
      expect(table.read(text), text.slice(0, 40)).to.equal(false);
    for (const channels of [[null], ['x'], [{}], [{id: 7}], [[]]])
      expect(table.read(bridgeEvent('Join', channels))).to.equal(true);
    expect(who(table)).to.deep.equal(['1001 1795562682.16']);
  });

  for (const type of ['toString', 'constructor', '__proto__'])
    it(`keeps its members after an event of the type ${type}`, () => {
      const table = told(bridgeEvent('Welcome', [alice]));
      table.read(JSON.stringify({type, channels: [alice]}));
      expect(who(table)).to.deep.equal(['1001 1795562682.16']);
    });

  it('keeps no more than a thousand in mind', () => {
    const many = Array.from({length: 1_200}, (_, index) => ({
      id: String(index),
      caller: {number: String(index)},
    }));
    expect(told(bridgeEvent('Welcome', many)).members).to.have.length(1_000);
  });

  it('takes anything without an exception', () => {
    const any = fc.anything();
    const caller = fc.oneof(any, fc.record({number: any, name: any}));
    const channels = fc.array(fc.oneof(any, fc.record({id: fc.constantFrom('a', 'b'), name: any, caller})));
    fc.assert(
      fc.property(fc.constantFrom('Join', 'Welcome', 'Leave', 'Talking', 'Mute'), channels, (type, list) => {
        const table = told();
        table.read(bridgeEvent(type, list));
        for (const {number, name} of table.members ?? [])
          expect([typeof number, typeof name]).to.deep.equal(['string', 'string']);
      }),
    );
  });
});
