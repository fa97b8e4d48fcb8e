import type {ReactiveElement} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client.js';
import type {Numbers} from '../../core/directory.js';

/** What the parts of an intercom read of the element that they draw. */
export interface IntercomHost extends ReactiveElement {
  sid: string;
  group: string;
  members: Numbers;
  number: string;
  name: string;
  pushKey: string;
  pressToToggle: boolean;
  silent: boolean;
}

/** What the parts of an intercom work with. */
export interface IntercomContext {
  readonly host: IntercomHost;
  readonly localize: LocalizeController;
  readonly commands: CommandController;
  /** The client at this moment. */
  readonly client: () => BaseClient | undefined;
}
