import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {
  callTypeOf,
  changeOf,
  readIds,
  readSessionEvent,
  type SessionEvent,
} from '../../src/dispatch/session-event.js';
import {CALL_STATE, CALL_TYPE} from '../../src/dispatch/protocol.js';
import {message} from '../support/wire/wire-dispatch.js';

function read(body: unknown, header = 'Session.State.Change'): SessionEvent | undefined {
  return readSessionEvent(message(JSON.stringify({header, body})));
}

describe('readSessionEvent', () => {
  const event = {cid: 'c1', type: 12, state: 6, outgoing: true, number: '1002', name: 'Bob'};

  it('reads text and numbers alike', () => {
    const body = {cid: 'c1', type: '12', state: '6', direction: '1', othernum: '1002', othername: 'Bob'};
    expect(read([body])).to.deep.equal(event);
    expect(read({...body, type: 12, state: 6, direction: 1, othernum: 1002})).to.deep.equal(event);
  });

  it('does without everything but the session and its state', () => {
    expect(read([{cid: 5, state: 10}])).to.deep.equal({
      cid: '5',
      type: 0,
      state: 10,
      outgoing: undefined,
      number: '',
      name: '',
    });
    expect(read([{cid: 'c1', state: 10, direction: '2'}])?.outgoing).to.equal(false);
  });

  it('leaves what names no session or no state', () => {
    for (const body of [[], [{}], [{cid: 'c1'}], [{state: '6'}], [{cid: 'c1', state: 'six'}], 'text', null])
      expect(read(body), JSON.stringify(body)).to.equal(undefined);
    expect(read([{cid: 'c1', state: '6'}], 'GIS.Position.Change')).to.equal(undefined);
  });

  it('takes whatever a server sends', () => {
    fc.assert(fc.property(fc.jsonValue(), (body) => void read(body)));
  });
});

describe('changeOf', () => {
  const {singleEnhanced: single, intercom, temporaryIntercom} = CALL_TYPE;

  for (const [name, expected] of Object.entries({
    none: undefined,
    init: undefined,
    normal: 'answered',
    callingOut: 'ringing',
    incoming: 'ringing',
    ringing: 'ringing',
    connected: 'answered',
    hold: 'answered',
    busy: 'busy',
    offHook: 'answered',
    release: 'normal',
    mayNotSpeak: 'answered',
    maySpeak: 'answered',
    queued: 'ringing',
    unhold: 'answered',
    dead: 'server-error',
    mediaTimeout: 'media-failed',
    noAnswer: 'no-answer',
    rejected: 'declined',
    kickedOut: 'kicked-out',
  } satisfies Record<keyof typeof CALL_STATE, string | undefined>)) {
    it(`makes ${expected ?? 'nothing'} of ${name}`, () => {
      const change = changeOf(CALL_STATE[name as keyof typeof CALL_STATE], single);
      expect(change?.phase ?? change?.cause?.code).to.equal(expected);
    });
  }

  it('leaves the floor of an intercom to the intercom', () => {
    for (const type of [intercom, temporaryIntercom])
      for (const state of [CALL_STATE.mayNotSpeak, CALL_STATE.maySpeak, CALL_STATE.queued])
        expect(changeOf(state, type)).to.equal(undefined);
    expect(changeOf(CALL_STATE.connected, intercom)?.phase).to.equal('answered');
  });

  it('makes nothing of a number that it does not know', () => {
    fc.assert(fc.property(fc.integer({min: 20}), (state) => changeOf(state, single) === undefined));
  });
});

describe('readIds', () => {
  it('reads session and type', () => {
    expect(readIds('c1.12')).to.deep.equal({cid: 'c1', type: 12});
    expect(readIds(' 7f-3a.5 ')).to.deep.equal({cid: '7f-3a', type: 5});
    expect(readIds('c1')).to.deep.equal({cid: 'c1', type: 0});
    expect(readIds('c1.x')).to.deep.equal({cid: 'c1', type: 0});
  });

  it('finds none in what names none', () => {
    for (const header of [undefined, '', '  ', '.12']) expect(readIds(header)).to.equal(undefined);
  });
});

describe('callTypeOf', () => {
  it('knows every type of the protocol, and takes any other number', () => {
    expect(
      Object.fromEntries(Object.entries(CALL_TYPE).map(([name, type]) => [name, callTypeOf(type)])),
    ).to.deep.equal({
      none: 'other',
      single: 'single',
      temporaryGroup: 'other',
      report: 'other',
      broadcast: 'broadcast',
      temporaryConference: 'conference',
      bargeIn: 'barge-in',
      forceRemove: 'other',
      monitor: 'listen-in',
      intercom: 'intercom',
      switch: 'other',
      urgent: 'urgent',
      singleEnhanced: 'single',
      temporaryIntercom: 'temporary-intercom',
      videoMonitoring: 'monitor',
      mcuMeeting: 'other',
      sos: 'sos',
      transferVideo: 'member-video',
      transferVideoToMcu: 'other',
      uploadedVideo: 'other',
      filePlay: 'other',
    });
    expect(callTypeOf(99)).to.equal('other');
  });
});
