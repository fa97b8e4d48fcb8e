import type {ReactiveElement} from 'lit';
import type {ClientController} from '../../controllers/client-controller.js';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';

/** What the parts work with that draw an element. */
export interface ViewContext<Host extends ReactiveElement = ReactiveElement> {
  readonly host: Host;
  readonly localize: LocalizeController;
  readonly commands: CommandController;
  /** The client at this moment. */
  readonly client: () => BaseClient | undefined;
  /** Says why there is none. */
  readonly absence: () => string;
}

/** That of an element with these controllers. */
export function viewContext<Host extends ReactiveElement>(
  host: Host,
  clients: ClientController,
  {localize, commands}: Pick<ViewContext, 'localize' | 'commands'>,
): ViewContext<Host> {
  return {
    host,
    localize,
    commands,
    client: () => clients.client,
    absence: () => clients.absence(localize),
  };
}
