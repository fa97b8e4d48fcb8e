import {mediaDurations} from '../../durations/media.js';

/**
 * Closes a connection for good.
 *
 * Chromium never releases a connection that is closed between a state change and its event. While connecting, state
 * changes follow one another, so the connection is closed on the event that ends them.
 */
export function closeSettled(connection: RTCPeerConnection): void {
  const {connectionState, localDescription, remoteDescription} = connection;
  const connects = connectionState === 'new' || connectionState === 'connecting';
  if (!connects || !localDescription || !remoteDescription) return connection.close();
  const close = (): void => {
    clearTimeout(timer);
    connection.removeEventListener('connectionstatechange', onState);
    connection.close();
  };
  const onState = (): void => {
    if (connection.connectionState !== 'connecting') close();
  };
  const timer = setTimeout(close, mediaDurations.connectionSettled);
  connection.addEventListener('connectionstatechange', onState);
}
