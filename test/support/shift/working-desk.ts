import {until} from '../in-page/facts.js';
import {fill, shown} from '../page/parts.js';
import {Crew, type Number} from './crew.js';
import {part} from './hand.js';
import {MouseHand} from './mouse-hand.js';

/** Who is in the conference, and who has declined it. */
const MEMBERS = ['1010', '1011'] as const satisfies readonly Number[];
const DECLINER = '1012' satisfies Number;
const HELD = '1013' satisfies Number;
/** Who waits: the last one by an SOS. */
const CALLERS = ['1005', '1004', '1003'] as const satisfies readonly Number[];
const CAMERA = '1020';
/** Two who are selected, and are in no call. */
const SELECTED = ['1007', '1008'] as const satisfies readonly Number[];

/**
 * Opens a desk in the middle of a shift, at the page of the demo and with real calls: two talk groups, a call on hold, a
 * conference that one has declined, beside it a camera, three calls that wait (an SOS, an urgent one), an unread text, and two
 * people who are selected. Nothing of that changes by itself, except times.
 */
export async function openWorkingDesk(): Promise<Crew> {
  const crew = await Crew.open([...CALLERS, ...SELECTED, ...MEMBERS, DECLINER, HELD]);
  const {desk} = crew;
  const hand = new MouseHand(desk);
  await hand.joinsGroups();
  await desk.evaluate((number) => void document.querySelector('sip-client')!.call(number), HELD);
  await crew.rings(HELD);
  await crew.answer(HELD);
  await hand.selectsPeople('101', [...MEMBERS, DECLINER]);
  await hand.acts('conference');
  await crew.rings(...MEMBERS, DECLINER);
  await crew.hangUp(DECLINER);
  // One after the other: the journal has them in this order.
  for (const number of MEMBERS) {
    await crew.answer(number);
    await desk.waitForFunction(
      (number) =>
        document
          .querySelector('sip-client')!
          .calls.some(({state}) =>
            (state as any).members?.some((each: any) => each.number === number && each.phase === 'answered'),
          ),
      {},
      number,
    );
  }
  await hand.selectsPeople(CAMERA, [CAMERA]);
  await hand.acts('watch');
  await shown(desk, part.tile(CAMERA, 'sip-video >>> video.playing'));
  await hand.divides();
  for (const number of CALLERS)
    await crew.call(number, '1001', number === '1003' ? 'sos' : number === '1004' ? 'urgent' : undefined);
  await crew.page('1005').evaluate(async () => {
    await document.querySelector('sip-client')!.client!.messages.send('1001', 'The gate is open.');
  });
  await hand.selectsPeople('100', SELECTED);
  await fill(desk, part.directory('[part=search]'), '');
  await until(async () => (await desk.$(part.desk('#tab-messages .count'))) !== null);
  await until(async () => (await desk.$$(part.queue('[part=line]'))).length === 4);
  return crew;
}
