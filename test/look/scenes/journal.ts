/** `<sip-journal>`: turned off, empty for a filter, and with what happens in a shift. */
import type {Scenes} from '../scene.js';
import {deep, part, press, ready, show, shows, write} from '../stage.js';
import type {SipJournalElement} from '../../../src/elements/sip-journal/sip-journal.js';

async function shift(): Promise<SipJournalElement> {
  const on = await ready({journalStorage: 'memory'});
  const journal = await on.openJournal();
  await journal.written();
  const {dialog} = on.ring('audio', {number: '1003', name: 'Anna Novak'});
  dialog.confirm();
  dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
  const {dialog: met, service} = on.confer();
  met.confirm();
  service.some({number: '1004', name: 'Maximilian von Hohenzollern-Sigmaringen', phase: 'answered'});
  const talk = on.interphone();
  talk.dialog.confirm();
  talk.service.tell('taken', '1005', '张伟');
  on.receive('Gate 4 is open. سيارة الإسعاف عند البوابة <b>4</b>', {from: '1019', name: 'North gate'});
  on.ring('audio', {number: '1002', name: '李雷'}, 'sos');
  await journal.written();
  const sos = journal.rows.findLast(({kind}) => kind === 'sos')!;
  journal.note(sos.id, 'Ambulance is on its way.');
  journal.acknowledge(sos.id);
  await journal.written();
  const element = await show('sip-journal', on);
  await shows(element, () => deep(element, '[part=row]').length > 10);
  return element;
}

export const journalScenes: Scenes = {
  'journal-off': {
    kept: [],
    async reach() {
      await show('sip-journal', await ready());
    },
  },
  'journal-shift': {
    kept: ['light-en-768', 'dark-zh-CN-320'],
    async reach() {
      await shift();
    },
  },
  'journal-strangers': {
    kept: [],
    async reach() {
      const on = await ready({journalStorage: 'memory'});
      const journal = await on.openJournal();
      for (let count = 0; count < 1_500; count += 1) on.receive(`${count}`, {from: 'mallory@evil.example'});
      await on.unregister();
      await journal.written();
      const element = await show('sip-journal', on);
      await shows(element, () => deep(element, '[part=row]').length > 5);
    },
  },
  'journal-note': {
    kept: [],
    async reach() {
      const element = await shift();
      await press(element, 'note');
      await shows(element, () => part(element, 'note-field') !== null);
    },
  },
  'journal-roll-call': {
    kept: ['light-zh-CN-320'],
    async reach() {
      const on = await ready({journalStorage: 'memory'});
      const journal = await on.openJournal();
      const time = Date.now();
      const people = [
        {number: '1002', name: '李雷', result: 'answered', time},
        {number: '1003', name: 'Anna Novak', result: 'declined', time},
        {number: '1004', name: 'Maximilian von Hohenzollern-Sigmaringen', result: 'no-answer', time},
        {number: '1005', name: '张伟', result: 'number-offline', time},
        {number: '1006', name: 'Chen Jing', result: 'not-called'},
      ];
      const of = journal
        .beginRollCall()
        .end({number: '8200', name: '巡逻队 Patrol', people, cause: 'aborted'});
      journal.beginRollCall().end({of, people: people.map((each) => ({...each, result: 'answered', time}))});
      await journal.written();
      const element = await show('sip-journal', on);
      await shows(element, () => deep(element, '[part=people]').length > 1);
      deep(element, '[part=people]')[1]!.click();
      await shows(element, () => part(element, 'people-list') !== null);
    },
  },
  'journal-no-match': {
    kept: [],
    async reach() {
      const element = await shift();
      write(part(element, 'search'), 'nothing like this');
      await shows(element, () => deep(element, '[part=row]').length === 0);
    },
  },
  'journal-checked': {
    kept: [],
    async reach() {
      const element = await shift();
      await press(element, 'verify');
      await shows(element, () => part(element, 'notice') !== null);
    },
  },
};
