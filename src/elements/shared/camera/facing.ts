import type {SipCall} from '../../../core/call/call.js';
import type {BaseClient} from '../../../core/client/client.js';

/** The direction that a camera faces. */
type Facing = 'user' | 'environment';

/** Returns the direction of the camera that a call sends; undefined if it is unknown. */
export function facingOf(call: SipCall, client: BaseClient | undefined): Facing | undefined {
  const settings = call.localStream?.getVideoTracks()[0]?.getSettings();
  const known = settings?.facingMode as Facing | undefined;
  return known ?? client?.devices.state.devices.find(({id}) => id && id === settings?.deviceId)?.facing;
}
