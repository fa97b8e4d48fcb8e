import type {MediaKind} from '../media/index.js';
import type {Binding} from '../sip/index.js';
import type {UserRecord} from '../users.js';

/** The checked content of a request that creates a session. */
export interface Asked {
  readonly type: number;
  readonly kinds: readonly MediaKind[];
  readonly asker: UserRecord;
  /** The registration to invite the asker on. */
  readonly binding: Binding;
  /** The numbers of the others, as given in the request. */
  readonly members: readonly string[];
}

/** A request that is refused, with a code of docs/protocol/numbers.md#codes. */
export interface Refused {
  readonly code: number;
  /** The reason, if the code alone does not explain it. */
  readonly body?: {readonly message: string};
}
