import {durations} from '../../durations.js';

/** Resolves with whether packets arrive. */
export async function arrives(statistics: () => Promise<RTCStatsReport | undefined>): Promise<boolean> {
  const received = async (): Promise<number> => {
    let sum = 0;
    (await statistics())?.forEach(({packetsReceived = 0}: {packetsReceived?: number}) => {
      sum += packetsReceived;
    });
    return sum;
  };
  const before = await received();
  await new Promise((resolve) => setTimeout(resolve, durations.arrival));
  return (await received()) > before;
}
