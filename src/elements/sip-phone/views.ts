import {html, type TemplateResult} from 'lit';
import type {BaseClient} from '../../core/client/client.js';
import {grid3x3Icon, messageSquareIcon, usersIcon} from '../shared/icons.js';
import {historyIcon, settingsIcon} from './icons.js';

/** The views of a phone, as its property `view` names them. */
export type PhoneView = 'keypad' | 'history' | 'directory' | 'messages' | 'devices';

/** What the views work with. */
export interface ViewsContext {
  readonly client: BaseClient | undefined;
  /** What the elements find their client by; empty for the nearest one. */
  readonly htmlFor: string;
  /** As that of `<sip-dialer>` and `<sip-directory>`. */
  readonly number: string;
  readonly numbers: string;
  /** As that of `<sip-dialer>`. */
  readonly screen: boolean;
}

interface View {
  readonly name: PhoneView;
  readonly icon: TemplateResult;
  /** Whether there is something to show. */
  readonly has: (context: ViewsContext) => boolean;
  /** How much waits there to be seen: missed calls, or messages. */
  readonly waiting?: (client: BaseClient) => number;
  readonly render: (context: ViewsContext) => TemplateResult;
}

/** All views, in the order of their tabs. */
export const VIEWS: readonly View[] = [
  {
    name: 'keypad',
    icon: grid3x3Icon,
    has: () => true,
    render: ({htmlFor, number, screen}) =>
      html`<sip-dialer part="dialer" for=${htmlFor} number=${number} ?screen=${screen}></sip-dialer>`,
  },
  {
    name: 'history',
    icon: historyIcon,
    has: () => true,
    waiting: (client) => client.history.state.unseen,
    render: ({htmlFor}) => html`<sip-history part="history" for=${htmlFor}></sip-history>`,
  },
  {
    name: 'directory',
    icon: usersIcon,
    has: ({client, numbers}) => numbers !== '' || client?.capabilities.directory === true,
    render: ({htmlFor, numbers}) =>
      html`<sip-directory part="directory" for=${htmlFor} .numbers=${numbers}></sip-directory>`,
  },
  {
    name: 'messages',
    icon: messageSquareIcon,
    has: ({client}) => client?.capabilities.message === true,
    waiting: (client) => client.messages.state.unread,
    render: ({htmlFor}) => html`<sip-messages part="messages" for=${htmlFor}></sip-messages>`,
  },
  {
    name: 'devices',
    icon: settingsIcon,
    has: () => true,
    render: ({htmlFor}) => html`<sip-devices part="devices" for=${htmlFor}></sip-devices>`,
  },
];
