import type {Numbers} from '../../core/directory/directory.js';
import type {CallMedia} from '../../core/types.js';

/** The layout of the videos: all alike, the speaker large, or only video. */
export type ConferenceLayout = 'grid' | 'speaker' | 'picture';

/** The properties of a `<sip-conference>` that describe a new conference. */
export interface ConferenceDraft {
  readonly members: Numbers;
  readonly number: string;
  readonly name: string;
  readonly media: CallMedia;
  readonly screen: boolean;
  readonly fileId: string;
  readonly broadcast: boolean;
}

/** The properties of a `<sip-conference>` that the user changes. */
export interface ConferenceSettings extends Pick<ConferenceDraft, 'members' | 'number' | 'name' | 'fileId'> {
  readonly layout: ConferenceLayout;
  readonly silent: boolean;
}

/** Tells the public element, which owns the properties, what the user has changed. */
export class SettingEvent extends CustomEvent<Partial<ConferenceSettings>> {
  constructor(detail: Partial<ConferenceSettings>) {
    super('setting', {detail});
  }
}
