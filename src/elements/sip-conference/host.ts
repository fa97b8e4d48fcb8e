import type {ReactiveElement} from 'lit';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipConference} from '../../core/conference/conference.js';
import type {Numbers} from '../../core/directory/directory.js';
import type {CallMedia} from '../../core/types.js';
import type {Shortcuts} from '../shared/shortcuts.js';
import type {ViewContext} from '../shared/view-context.js';

/** The layout of the videos: all alike, the speaker large, or only video. */
export type ConferenceLayout = 'grid' | 'speaker' | 'picture';

/** The properties of the element that its view reads and writes. */
export interface ConferenceHost extends ReactiveElement {
  sid: string;
  members: Numbers;
  number: string;
  name: string;
  media: CallMedia;
  screen: boolean;
  fileId: string;
  broadcast: boolean;
  layout: ConferenceLayout;
  silent: boolean;
  shortcuts: Shortcuts | 'none';
}

/** The objects that the parts of a view share. */
export interface ConferenceContext extends ViewContext<ConferenceHost> {
  /** Sets the call for the controls inside. */
  readonly provide: (call: SipCall | undefined) => void;
}

/** The conference shown, and its client. */
export interface ShownConference {
  readonly conference: SipConference;
  readonly client: BaseClient;
}
