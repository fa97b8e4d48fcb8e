import type {ReactiveElement} from 'lit';
import type {ClientController} from '../../controllers/client-controller.js';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';

/** The objects that the parts of an element's view share. */
export interface ViewContext<Host extends ReactiveElement = ReactiveElement> {
  readonly host: Host;
  readonly localize: LocalizeController;
  readonly commands: CommandController;
  /** Returns the current client. */
  readonly client: () => BaseClient | undefined;
  /** Explains why there is no client. */
  readonly absence: () => string;
}

/** Creates the view context of an element with these controllers. */
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
