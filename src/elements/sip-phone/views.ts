import {html, type TemplateResult} from 'lit';
import type {BaseClient} from '../../core/client/client.js';
import {grid3x3Icon, historyIcon, messageSquareIcon, usersIcon} from '../shared/icons/phone.js';
import {settingsIcon} from './icons.js';

/** The views of a phone, by the values of its property `view`. */
export type PhoneView = 'keypad' | 'history' | 'directory' | 'messages' | 'devices';

/** The properties of the views. */
export interface ViewsContext {
  readonly client: BaseClient | undefined;
  /** The id by which the elements find their client; empty for the nearest one. */
  readonly htmlFor: string;
  /** As in `<sip-dialer>` and `<sip-directory>`. */
  readonly number: string;
  readonly numbers: string;
  /** As in `<sip-dialer>`. */
  readonly screen: boolean;
}

interface View {
  readonly name: PhoneView;
  readonly icon: TemplateResult;
  /** Whether the view has something to show. */
  readonly has: (context: ViewsContext) => boolean;
  /** Returns the number of missed calls or unread messages in the view. */
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
