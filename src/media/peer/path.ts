/**
 * Reports whenever media leave by another address of this side than before: the network may have changed. Firefox does not
 * tell.
 */
export function followPath(connection: RTCPeerConnection, onMoved: () => void): void {
  const transport = connection.getSenders()[0]?.transport?.iceTransport;
  if (!transport) return;
  const own = (): string | null | undefined => transport.getSelectedCandidatePair?.()?.local?.address;
  let before = own();
  transport.onselectedcandidatepairchange = () => {
    const now = own();
    if (before && now && now !== before) onMoved();
    before = now;
  };
}
