import type {CommandController} from '../../controllers/command-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {isConference} from '../../core/conference/is-conference.js';
import type {Person} from '../../core/directory/people.js';
import {SipError} from '../../errors.js';
import {answered} from '../shared/calls/answer-controls.js';
import {offerAction} from '../shared/people/directory-action.js';
import {isRegistered} from '../shared/registration.js';
import {ACTIONS, LINES, type SelectionAction} from '../shared/selection/selection-actions.js';
import type {SelectionPlaceElement} from '../shared/selection/selection-place.js';
import {menuOf, offeredActions, runAction, type DirectoryAction} from '../sip-directory/actions.js';
import type {PlacedKey} from './key-book.js';
import {bondOf, callWith} from './key-calls.js';
import type {DialKey} from './key-pages.js';
import type {KeysInView, KeysPanel} from './keys-in-view.js';

/** What keys do: call, answer, and what their menus offer. */
export class KeyCommands {
  readonly #panel: KeysPanel;
  readonly #keys: KeysInView;
  readonly #commands: CommandController;
  /** The conferences that the keys of groups have started. */
  readonly #started = new Map<string, SipCall>();

  constructor(panel: KeysPanel, keys: KeysInView, commands: CommandController) {
    this.#panel = panel;
    this.#keys = keys;
    this.#commands = commands;
  }

  /** What can be done with a group. */
  get groupActions(): readonly SelectionAction[] {
    const {client} = this.#keys;
    return LINES.flat().filter((action) => client?.capabilities[ACTIONS[action].needs]);
  }

  /** Whether the key of a group has started a conference that goes on. */
  hasStarted(group: string): boolean {
    return this.#started.has(group);
  }

  /** Forgets the conferences that are over. */
  forgetEnded(): void {
    for (const [number, call] of this.#started)
      if (call.state.phase === 'released') this.#started.delete(number);
  }

  forget(): void {
    this.#started.clear();
  }

  /** Whether the press of a key answers the call that rings there, as on desk phones. */
  picksUp(key: DialKey): boolean {
    const {client} = this.#keys;
    const person = this.#keys.personOf(key);
    if (key.group || !client || person.state !== 'ringing') return false;
    const {menu} = offeredActions(this.#panel.actions, client, this.#panel);
    return menuOf(person, menu, client).includes('pick-up');
  }

  /** Does what the press of a key does. */
  press(key: PlacedKey): void {
    const {client} = this.#keys;
    if (!client || key.removed || this.#commands.pending) return;
    if (!key.group && key.number === client.options.user) return;
    if (!isRegistered(client)) return this.#commands.fail(new SipError('not-registered'));
    if (key.group) {
      // A second press calls nobody again.
      if (this.#started.has(key.number)) return;
      const possible = this.groupActions;
      const action = possible.find((each) => each === this.#panel.groupAction) ?? possible[0];
      if (action) this.actOnGroup(key, action);
      return;
    }
    const call = callWith(key.number, client);
    const bond = bondOf(call);
    if (!call || !bond) this.act(this.#keys.personOf(key), this.picksUp(key) ? 'pick-up' : 'call');
    else if (bond === 'waiting' || bond === 'sos') void this.#commands.run(() => answered(call, call.media));
    else if (bond === 'held') void this.#commands.run(() => client.activate(call));
  }

  act(person: Person, action: DirectoryAction): void {
    const {client} = this.#keys;
    if (!client || this.#commands.pending) return;
    if (!isRegistered(client)) return this.#commands.fail(new SipError('not-registered'));
    if (offerAction(this.#panel, action, person))
      void this.#commands.run(async () => runAction(action, person.number, client));
  }

  actOnGroup(key: DialKey, action: SelectionAction): void {
    const {client} = this.#keys;
    const selected = this.#keys.selectedOf(key);
    if (!client || !selected) return;
    void this.#commands.run(async () => {
      const before = new Set(client.state.calls);
      await this.#panel.renderRoot
        .querySelector<SelectionPlaceElement>('sip-selection-place')
        ?.act(action, [selected]);
      const started = client.state.calls.find((call) => !before.has(call) && isConference(call));
      if (started) this.#started.set(key.number, started);
    });
  }
}
