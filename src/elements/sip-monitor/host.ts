import type {ReactiveElement} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client.js';
import type {Numbers} from '../../core/directory.js';

/** How many pictures are on a wall at most. */
export const MOST = 16;

/** What a wall reads and writes of the element that it draws. */
export interface MonitorHost extends ReactiveElement {
  numbers: Numbers;
  sid: string;
  members: Numbers;
  codec: string;
}

/** What the parts of a view work with. */
export interface MonitorContext {
  readonly host: MonitorHost;
  readonly localize: LocalizeController;
  readonly commands: CommandController;
  /** The client at this moment. */
  readonly client: () => BaseClient | undefined;
}
