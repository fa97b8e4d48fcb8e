import {durations} from '../../durations.js';

/** Calls the listener if no packet arrives in the next moments. */
export async function ifSilent(
  statistics: () => Promise<RTCStatsReport | undefined>,
  listener: () => void,
): Promise<void> {
  const received = async (): Promise<number> => {
    let sum = 0;
    (await statistics())?.forEach(({packetsReceived = 0}: {packetsReceived?: number}) => {
      sum += packetsReceived;
    });
    return sum;
  };
  const before = await received();
  await new Promise((resolve) => setTimeout(resolve, durations.arrival));
  if ((await received()) === before) listener();
}
