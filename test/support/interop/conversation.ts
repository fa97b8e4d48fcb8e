import assert from 'node:assert/strict';
import {fallsSilent, nothingArrives, receives} from '../page/measure.js';
import {nextEvent, placeCall} from '../page/phone-page.js';
import {hearsTones, showsHalves} from '../page/signals.js';
import {answer, cause, hangsUp, showsState, type Person} from './sip-page.js';
import {open, released} from '../page/witness.js';

/** One calls the other, who answers. */
export async function connects(from: Person, to: Person, media: 'audio' | 'video' = 'audio'): Promise<void> {
  await placeCall(from.page, to.user, media);
  const {remote} = await nextEvent(to.page, 'sip-call-received');
  assert.equal(remote.number, from.user);
  await answer(to, media);
  await nextEvent(from.page, 'sip-call-answered');
  await nextEvent(to.page, 'sip-call-answered');
}

const bothWays = (one: Person, other: Person): [to: Person, from: Person][] => [
  [one, other],
  [other, one],
];

/** Waits until both hear each other, and neither hears itself or a third. */
export async function hearEachOther(
  one: Person,
  other: Person,
  others: readonly Person[] = [],
): Promise<void> {
  for (const [to, from] of bothWays(one, other)) {
    const silent = [to, ...others].filter((each) => each !== from).map(({tone}) => tone);
    await hearsTones(to.page, [from.tone], silent);
  }
}

/** Waits until both see each other's picture, which moves, beside the sound. */
export async function seeEachOther(one: Person, other: Person): Promise<void> {
  for (const [to, from] of bothWays(one, other)) {
    await showsHalves(to.page, from.halves);
    await receives(to.page, 'sip-client', {frames: 10, energy: 0.01});
  }
}

/** Each puts the other on hold and resumes; the other sees the hold and hears nothing. */
export async function holdEachOther(one: Person, other: Person): Promise<void> {
  for (const [held, holder] of bothWays(one, other)) {
    await holder.page.evaluate(() => (window as any).call.hold());
    await showsState(held, 'remoteHeld', true);
    await fallsSilent(held.page, 'sip-client', 1000);
    await nothingArrives(holder.page, 1000);
    await holder.page.evaluate(() => (window as any).call.unhold());
    await showsState(held, 'remoteHeld', false);
    await hearEachOther(held, holder);
  }
}

/** One sends tones by INFO, which the other's page receives; it needs `dtmf="info"`. */
export async function sendsTones(from: Person, to: Person): Promise<void> {
  await to.page.evaluate(() => {
    const tones: string[] = ((window as any).tones = []);
    document
      .querySelector('sip-client')!
      .addEventListener('sip-dtmf', (event) => tones.push((event as CustomEvent).detail.tone));
  });
  await from.page.evaluate(() => (window as any).call.sendDtmf('15#'));
  await to.page.waitForFunction(() => (window as any).tones.join('') === '15#');
}

/** One hangs up: both report a normal end and who ended it, and release their devices. */
export async function ends(ending: Person, other: Person): Promise<void> {
  await ending.page.evaluate(() => (window as any).call.hangup());
  for (const [person, by] of [
    [ending, 'local'],
    [other, 'remote'],
  ] as const) {
    const told = await cause(person);
    assert.deepEqual([told.by, told.code], [by, 'normal'], person.user);
  }
  for (const each of [ending, other]) await off(each);
}

/** Ends all calls of the pages, and waits until each has every device off. */
export async function endCalls(people: readonly Person[]): Promise<void> {
  for (const each of people) await hangsUp(each);
  for (const each of people) await off(each);
}

/** Waits until a page has every device off. */
export async function off({page}: Person): Promise<void> {
  while ((await open(page)).tracks > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await released(page);
}
