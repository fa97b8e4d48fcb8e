import {expect} from '@open-wc/testing';
import {StallWatch, type Awaited} from '../../../src/media/quality/stall.js';
import {Statistics} from '../../../src/media/quality/statistics.js';
import type {StallCause} from '../../../src/media/types.js';

/** What the browser would report at a second of the call. */
interface Moment {
  readonly second: number;
  readonly packets?: number;
  /** When the last packet arrived, if the browser reports it. */
  readonly last?: number | undefined;
  readonly codec?: string;
  readonly kind?: 'audio' | 'video';
  /** How often the other side has answered that it is there; without it no pair of candidates is in use. */
  readonly answers?: number;
  readonly relay?: boolean;
  readonly ice?: string;
  readonly dtls?: string;
  /** When a sender report came, and how many packets had been sent. */
  readonly report?: readonly [second: number, sent: number];
}

function at({
  second,
  packets,
  last,
  codec = 'opus',
  kind = 'audio',
  answers,
  relay,
  ice,
  dtls,
  report,
}: Moment) {
  const timestamp = 1_700_000_000_000 + second * 1000;
  const entries: object[] = [
    {id: 'local', type: 'local-candidate', candidateType: 'host'},
    {
      id: 'T',
      type: 'transport',
      selectedCandidatePairId: answers === undefined ? undefined : 'pair',
      iceState: ice ?? 'connected',
      dtlsState: dtls ?? (answers === undefined ? 'new' : 'connected'),
    },
    {id: 'codec', type: 'codec', mimeType: `${kind}/${codec}`},
  ];
  if (relay) entries.push({id: 'relay', type: 'local-candidate', candidateType: 'relay'});
  if (answers !== undefined) entries.push({id: 'pair', type: 'candidate-pair', responsesReceived: answers});
  if (packets !== undefined)
    entries.push({
      id: 'in',
      type: 'inbound-rtp',
      kind,
      codecId: 'codec',
      transportId: 'T',
      packetsReceived: packets,
      ...(last !== undefined && {lastPacketReceivedTimestamp: 1_700_000_000_000 + last * 1000}),
    });
  if (report)
    entries.push({
      id: 'SR',
      type: 'remote-outbound-rtp',
      kind,
      packetsSent: report[1],
      timestamp: 1_700_000_000_000 + report[0] * 1000,
    });
  return new Statistics(
    new Map(
      entries.map((entry) => [(entry as {id: string}).id, {timestamp, ...entry}]),
    ) as unknown as RTCStatsReport,
    second * 1000,
  );
}

const SOUND: Awaited = {media: 'audio', mayRest: false};

/** The result at each moment. */
function found(moments: readonly Moment[], awaited: Awaited | undefined = SOUND): (StallCause | undefined)[] {
  const watch = new StallWatch();
  return moments.map((moment) => watch.look(at(moment), awaited)?.cause);
}

/** Looks every two seconds, from 0 on. */
const every2 = (count: number, moment: (second: number) => Omit<Moment, 'second'>): Moment[] =>
  Array.from({length: count}, (_, index) => ({second: index * 2, ...moment(index * 2)}));

describe('StallWatch', () => {
  it('finds nothing while packets come, be they as few as in a silence of Opus', () => {
    const few = every2(10, (second) => ({packets: 100 + second * 2.5, answers: second}));
    expect(new Set(found(few))).to.deep.equal(new Set([undefined]));
  });

  it('finds after five seconds that nothing comes, and that it comes again', () => {
    const moments = every2(7, (second) => ({packets: second < 10 ? 100 : 101, answers: second}));
    expect(found(moments)).to.deep.equal([
      undefined,
      undefined,
      undefined,
      'unknown',
      'unknown',
      undefined,
      undefined,
    ]);
  });

  it('counts from the last packet where the browser says when it came', () => {
    const moments = every2(6, (second) =>
      second < 4 ? {packets: 100, last: 0, answers: second} : {packets: 101, last: 2.5, answers: second},
    );
    expect(found(moments)).to.deep.equal([undefined, undefined, undefined, undefined, 'unknown', 'unknown']);
  });

  for (const [when, last] of [
    ['', undefined],
    [', where the browser says when the last packet came', 0],
  ] as const)
    it(`begins to count anew when something is awaited again, as after holding, or when the computer woke${when}`, () => {
      const watch = new StallWatch();
      const look = (second: number, awaited: Awaited | undefined): StallCause | undefined =>
        watch.look(at({second, packets: 100, last, answers: second}), awaited)?.cause;
      expect([0, 2, 4, 6, 8].map((second) => look(second, undefined))).to.deep.equal(
        Array(5).fill(undefined),
      );
      expect([10, 12, 14].map((second) => look(second, SOUND))).to.deep.equal([
        undefined,
        undefined,
        undefined,
      ]);
      expect(look(16, SOUND)).to.equal('unknown');
      expect(look(100, SOUND)).to.equal(undefined);
      expect([102, 104].map((second) => look(second, SOUND))).to.deep.equal([undefined, undefined]);
      expect(look(106, SOUND)).to.equal('unknown');
    });

  for (const [what, moment, cause] of [
    ['no way and no relay', () => ({}), 'no-relay'],
    ['no way in spite of a relay', () => ({relay: true}), 'no-route'],
    ['a way that is lost', () => ({packets: 100, answers: 7}), 'disconnected'],
    [
      'a way that ICE calls lost',
      (second: number) => ({packets: 100, answers: second, ice: 'disconnected'}),
      'disconnected',
    ],
    ['no keys', (second: number) => ({answers: second, dtls: 'connecting'}), 'encryption'],
    ['a side that says nothing', (second: number) => ({packets: 100, answers: second}), 'unknown'],
  ] as const)
    it(`tells the cause: ${what}`, () =>
      expect(found(every2(5, moment as (second: number) => Moment)).at(-1)).to.equal(cause));

  /** Whether the media are lost at the end. */
  function loses(moments: readonly Moment[], awaited = SOUND): boolean {
    const watch = new StallWatch();
    for (const moment of moments) watch.look(at(moment), awaited);
    return watch.lost;
  }

  describe('finds that media are lost', () => {
    const quiet = (more: Partial<Moment> = {}) =>
      every2(5, (second) => ({packets: 100, answers: second, ...more}));

    it('if the other side has used a codec that goes on in silence, whoever answers for it', () => {
      expect(loses(quiet())).to.equal(true);
      expect(loses(quiet({codec: 'red'}))).to.equal(true);
    });

    it('but not if it may be silent: with a telephone codec, in a conference, or if it never sent anything', () => {
      expect(loses(quiet({codec: 'PCMU'}))).to.equal(false);
      expect(loses(quiet(), {media: 'audio', mayRest: true})).to.equal(false);
      expect(loses(every2(5, (second) => ({answers: second})))).to.equal(false);
    });

    it('but not if it reports that it sends nothing', () => {
      expect(loses(every2(5, (second) => ({packets: 100, answers: second, report: [second, 100]})))).to.equal(
        false,
      );
    });

    it('if what it reports to have sent does not arrive, or no way is left', () => {
      const sends = (second: number): readonly [number, number] => [second, 100 + second];
      const arrives = {packets: 100, codec: 'PCMU'};
      expect(loses(every2(6, (second) => ({...arrives, answers: second, report: sends(second)})))).to.equal(
        true,
      );
      expect(loses(every2(6, () => ({packets: 100, answers: 7})))).to.equal(true);
    });

    it('until something arrives', () => {
      expect(loses([...quiet(), {second: 10, packets: 101, answers: 10}])).to.equal(false);
    });
  });

  it('tells which TURN server gave no relay, and what else becomes known of it', () => {
    const watch = new StallWatch();
    const told = every2(5, () => ({})).map((moment) => {
      const code = moment.second < 8 ? 'relay-unreachable' : 'relay-refused';
      return watch.look(at(moment), SOUND, {code, subject: `turn:turn.example ${moment.second}`});
    });
    expect(told.slice(3)).to.deep.equal([
      {media: 'audio', cause: 'relay-unreachable', subject: 'turn:turn.example 6'},
      {media: 'audio', cause: 'relay-refused', subject: 'turn:turn.example 8'},
    ]);
    expect(
      watch.look(at({second: 10, relay: true}), SOUND, {code: 'relay-refused', subject: ''}),
    ).to.deep.equal({
      media: 'audio',
      cause: 'no-route',
    });
  });

  it('waits for an answer, for which the other side may be asked every six seconds alone', () => {
    const late = every2(5, (second) => ({packets: 100, answers: second < 8 ? 1 : 2}));
    expect(found(late)).to.deep.equal([undefined, undefined, undefined, undefined, 'unknown']);
  });

  it('trusts no answer over a way that was lost right after it, and none for long', () => {
    const last = (until: number) => every2(9, (second) => ({packets: 100, answers: Math.min(second, until)}));
    expect(found(last(2)).slice(3)).to.deep.equal([undefined, undefined, ...Array(4).fill('disconnected')]);
    expect(found(last(6)).slice(3)).to.deep.equal([
      ...Array(4).fill('unknown'),
      'disconnected',
      'disconnected',
    ]);
  });

  it('tells by two reports of the other side that it sends, and nothing gets here', () => {
    const moments = every2(7, (second) => ({
      packets: 100,
      answers: second,
      report: [second, 100 + second * 50] as const,
    }));
    expect(found(moments).slice(3)).to.deep.equal(['lost', 'lost', 'lost', 'lost']);
    // The first report counts what was sent before as well.
    const once = every2(4, (second) => ({
      packets: 100,
      answers: second,
      ...(second > 2 && {report: [4, 500] as const}),
    }));
    expect(found(once).at(-1)).to.equal('unknown');
  });

  it('tells by two reports of the other side that it sends nothing', () => {
    const moments = every2(4, (second) => ({packets: 100, answers: second, report: [second, 100] as const}));
    expect(found(moments).at(-1)).to.equal('not-sent');
  });

  it('takes no silence for a stall of a codec that may rest in it, once something had come (RFC 3389)', () => {
    const rests = (packets: number) =>
      every2(6, (second) => ({packets, codec: 'PCMU', answers: second, report: [second, 100] as const}));
    expect(found(rests(100)).at(-1)).to.equal(undefined);
    expect(found(rests(0)).at(-1)).to.equal('not-sent');
  });

  it('lets a group be silent, but not the way to it', () => {
    const group: Awaited = {media: 'audio', mayRest: true};
    expect(
      found(
        every2(6, (second) => ({packets: 100, answers: second})),
        group,
      ).at(-1),
    ).to.equal(undefined);
    expect(
      found(
        every2(6, () => ({packets: 100, answers: 3})),
        group,
      ).at(-1),
    ).to.equal('disconnected');
  });

  it('watches the picture where there is no sound', () => {
    const moments = every2(
      4,
      (second) => ({packets: 100, kind: 'video', codec: 'VP8', answers: second}) as const,
    );
    const picture: Awaited = {media: 'video', mayRest: false};
    expect(found(moments, picture).at(-1)).to.equal('unknown');
    const comes = moments.map((moment) => ({...moment, packets: 100 + moment.second}));
    expect(found(comes, picture).at(-1)).to.equal(undefined);
    expect(found(comes).at(-1)).to.equal('unknown');
  });
});
