import type {ReactiveElement} from 'lit';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipConference} from '../../core/conference/conference.js';
import type {Numbers} from '../../core/directory/directory.js';
import type {CallMedia} from '../../core/types.js';
import type {Shortcuts} from '../shared/shortcuts.js';
import type {ViewContext} from '../shared/view-context.js';

/** How the pictures are laid out: all alike, the one who speaks large, or the pictures and nothing else. */
export type ConferenceLayout = 'grid' | 'speaker' | 'picture';

/** What a conference's view reads and writes of the element that it draws. */
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

/** What the parts of a view work with. */
export interface ConferenceContext extends ViewContext<ConferenceHost> {
  /** Tells the controls inside which call is theirs. */
  readonly provide: (call: SipCall | undefined) => void;
}

/** What is drawn of a conference that is shown. */
export interface ShownConference {
  readonly conference: SipConference;
  readonly client: BaseClient;
}
