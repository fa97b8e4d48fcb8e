import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {functionsPage, measured, sendsColours, type FunctionsPage} from '../support/page/functions-page.js';
import {showsHalves, type Halves} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {open} from '../support/page/witness.js';

const ELEMENTS = ['#localvideo', '#remotevideo', '#remoteaudio'] as const;
const VIDEO = 2;

/** What each member's camera shows; the first one is a dispatcher and makes the conference. */
const PICTURES: readonly (readonly [number: string, halves: Halves])[] = [
  [
    '1001',
    [
      [200, 40, 40],
      [40, 40, 200],
    ],
  ],
  [
    '1003',
    [
      [40, 180, 40],
      [200, 200, 40],
    ],
  ],
  [
    '1004',
    [
      [40, 180, 180],
      [200, 40, 200],
    ],
  ],
];

/** The development server's sample film, which is seen where nobody is pushed. */
const FILM = 'sample-film';
const FILM_HALVES: Halves = [
  [210, 105, 30],
  [30, 111, 168],
];

describe('pushed pictures, by the documented functions', () => {
  let site: Site;
  before(async () => (site = await openSite()));
  after(() => site.close());

  it('reach all others of three, one at a time, and give way to what was seen before', async () => {
    const members: {number: string; halves: Halves; phone: FunctionsPage}[] = [];
    for (const [number, halves] of PICTURES) {
      const phone = await functionsPage(site, number);
      await sendsColours(phone, halves);
      members.push({number, halves, phone});
    }
    const [alice, ...others] = members.map(({phone}) => phone) as [FunctionsPage, ...FunctionsPage[]];
    await alice.run('CreateConf', '1003,1004', '', '', VIDEO, ...ELEMENTS, false);
    const sid = String((await alice.told('onCallCreated'))[1]);
    for (const phone of others) {
      assert.equal((await phone.told('onCallReceived'))[1], sid);
      await phone.run('Answer', sid, ...ELEMENTS);
    }
    for (const phone of [alice, ...others]) {
      assert.equal((await phone.told('onCallAnswered'))[1], sid);
      await measured(phone);
    }

    const reply = async (header: string): Promise<any> => {
      for (;;) {
        const message = JSON.parse(String((await alice.told('onAPIReceived'))[1]));
        if (message.header === `${header}.CB`) return message;
      }
    };
    const asks = async (header: string, name: string, ...values: unknown[]): Promise<any> => {
      await alice.run(name, sid, ...values);
      const {code, body} = await reply(header);
      assert.equal(code, 0, name);
      return body;
    };
    /** Who is pushed, as the list of members says. */
    const pushed = async (): Promise<string[]> =>
      (await asks('session.members.getall', 'GetCallAllMembers'))
        .filter(({push}: {push: string}) => push === '1')
        .map(({number}: {number: string}) => number);
    const all = (halvesFor: (number: string) => Halves | undefined): Promise<unknown> =>
      Promise.all(
        members.map(async ({number, phone}) => {
          const halves = halvesFor(number);
          if (halves) await showsHalves(phone.page, halves);
        }),
      );

    await asks('session.playfile', 'PlayFile', FILM, 100);
    await all(() => FILM_HALVES);
    for (const [push, unpush] of [
      [['SetMemberPush'], ['SetMemberUnPush']],
      [
        ['SetMemberPushType', 1],
        ['SetMemberPushType', 2],
      ],
    ] as const) {
      let last = '';
      for (const {number, halves} of members) {
        await asks('operate.member.push', push[0], number, ...push.slice(1));
        assert.deepEqual(await pushed(), [number]);
        await all((viewer) => (viewer === number ? undefined : halves));
        last = number;
      }
      await asks('operate.member.push', unpush[0], last, ...unpush.slice(1));
      assert.deepEqual(await pushed(), []);
      await all(() => FILM_HALVES);
    }

    await alice.run('FoceEndConf', sid);
    for (const {phone} of members) {
      assert.equal((await phone.told('onCallHangup'))[1], sid);
      assert.deepEqual(await phone.errors(), []);
      const {peerConnections, tracks} = await open(phone.page);
      assert.deepEqual([peerConnections, tracks], [0, 0]);
      await phone.page.close();
    }
    assert.deepEqual(site.complaints, []);
  });
});
