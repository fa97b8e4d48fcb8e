import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {FloorRefusal} from '../../core/intercom/talk-group.js';
import type {CallCause} from '../../core/types.js';
import {revokedText} from '../shared/talk/floor-text.js';

/** Returns why the user does not have the floor. */
export function refusalText(refusal: FloorRefusal, localize: LocalizeController): string {
  if (typeof refusal !== 'string') return localize.describe(refusal);
  return revokedText({revocation: refusal === 'revoked' ? undefined : refusal}, localize);
}

/** Returns why a group has ended that the user has not left. */
export function endedText(cause: CallCause, localize: LocalizeController): string {
  return cause.code === 'normal'
    ? localize.term('intercomEnded')
    : localize.describe({...cause, code: cause.code});
}
